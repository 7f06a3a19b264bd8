import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { isBanksideError } from '../../errors.ts';
import { sleep } from '../../time.ts';
import type { Pacer } from '../pace/pacer.ts';
import { isHidden } from '../pace/page-life.ts';
import type { SharedState, Update } from '../state/update.ts';
import { readTabMessage, type TabMessage } from './tab-messages.ts';

/** What a group of tabs needs of the poller in this one. */
export interface TabGroupHost {
  readonly pacer: Pacer;
  /** Polls, until `leave` aborts. Resolves with whether no read was cut off. */
  lead(leave: AbortSignal, isTakeover: boolean): Promise<boolean>;
  /** Whether this tab has followed the queue before. */
  wasHere(): boolean;
  /** Another tab polls. */
  follow(): void;
  /** @param isLeading Whether this tab polls: the other one then still reports what its last read has brought. */
  receive(update: Update, isLeading: boolean): void;
  adopt(state: SharedState): void;
  state(): SharedState;
}

/** How late a poll of the polling tab may be before that is pinged, in ms. */
const PATIENCE = 3_000;
/** How long it may take to answer, in ms. */
const ANSWER = 2_000;
/** How long it is not pinged again after an answer, in ms. */
const TRUST = 5_000;

/** Whether tabs can share here: browsers have locks on secure pages alone, and refuse them in a sandboxed frame. */
export function canShare(): boolean {
  const { origin, navigator } = globalThis;
  return origin !== 'null' && !!navigator?.locks && 'BroadcastChannel' in globalThis;
}

/**
 * The tabs of one user, of which one polls for all.
 *
 * 1. The tab that holds the lock polls, and sends its updates to the others. When it is closed, the browser gives the lock to
 *    the next in line.
 * 2. A frozen tab still holds the lock. A tab that misses a poll pings it. If there is no answer, or if a visible tab gets the
 *    answer of a hidden one, it steals the lock.
 * 3. A tab that has lost the lock still sends what its last read has brought, and follows the others.
 */
export class TabGroup {
  readonly #name: string;
  readonly #host: TabGroupHost;
  #channel: BroadcastChannel | undefined;
  #isLeading = false;
  /** Whether another tab was heard to poll. */
  #hasLeader = false;
  /** Whether it has sent `hello`, and has no state yet. */
  #isNew = false;
  #onPong: ((pong: { readonly isHidden: boolean }) => void) | undefined;
  /** The last time that this tab led, which may still be ending. */
  #led: Promise<void> = Promise.resolve();

  /** @param name Of the user and the queue's address: tabs with other names are other groups. */
  constructor(name: string, host: TabGroupHost) {
    // The number is the version of the messages: two tabs may run two versions of this code.
    this.#name = `bankside.tabs 2 ${name}`;
    this.#host = host;
  }

  /** Takes part until `leave` aborts. Rejects with the error that ended this tab's polling. */
  async join(leave: AbortSignal): Promise<void> {
    const channel = attempt(() => new BroadcastChannel(this.#name));
    if (channel) channel.onmessage = ({ data }) => this.#receive(data);
    this.#channel = channel;
    // While this tab was away, another one may have polled and closed.
    this.#hasLeader = this.#host.wasHere();
    try {
      let bySteal = false;
      while (!leave.aborted) bySteal = await this.#waitForLock(leave, bySteal);
      await this.#led;
    } finally {
      channel?.close();
      this.#channel = undefined;
    }
  }

  /** To the other tabs. Returns false if it cannot be copied, as it is nested too deep. */
  send(update: Update): boolean {
    return this.#post({ kind: 'update', update });
  }

  /** Requests a poll of whichever tab polls. */
  requestPoll(): void {
    this.#ask('ask');
  }

  /** Waits for the lock, or steals it, and leads while it is held. Resolves with whether it is to be stolen. */
  async #waitForLock(leave: AbortSignal, bySteal: boolean): Promise<boolean> {
    const place = new AbortController();
    const quit = (): void => place.abort();
    const unsubscribe = onAbort(leave, quit);
    const watch = new AbortController();
    const leading = navigator.locks.request(
      this.#name,
      bySteal ? { steal: true } : { signal: place.signal },
      () => {
        watch.abort();
        return this.#lead(place.signal, leave);
      },
    );
    try {
      if (bySteal) await leading;
      else return await Promise.race([leading.then(() => false), this.#follow(watch.signal)]);
    } catch (error) {
      if (isBanksideError(error)) throw error;
      // Another tab has stolen the lock, or this one has left the line.
      if ((error as Error).name === 'AbortError') return false;
      // Locks are refused here: this tab polls for itself.
      watch.abort();
      this.#channel?.close();
      this.#channel = undefined;
      await this.#lead(place.signal, leave);
    } finally {
      unsubscribe();
      watch.abort();
      quit();
      leading.catch(() => {});
    }
    return false;
  }

  /**
   * Leads until `leave` aborts. It then releases the lock at once, though a read may still be in flight.
   *
   * @param quit Aborts if this tab leaves of its own will.
   */
  async #lead(leave: AbortSignal, quit: AbortSignal): Promise<void> {
    await this.#led;
    if (leave.aborted) return;
    const hasLeft = new Promise<void>((resolve) => {
      onAbort(leave, () => {
        this.#isLeading = false;
        resolve();
      });
    });
    const isTakeover = this.#hasLeader;
    this.#isLeading = true;
    this.#isNew = false;
    // For tabs whose `hello` found nobody, and for a frozen one: it receives messages, but not that it has lost the lock.
    this.#postState(true);
    const led = this.#host.lead(leave, isTakeover).then((isWhole) => {
      if (isWhole && quit.aborted) this.#post({ kind: 'bye' });
    });
    this.#led = led.catch(() => {});
    await Promise.race([led, hasLeft]);
  }

  /** Watches the polling tab. Resolves with true when that is to be replaced; otherwise never. */
  async #follow(granted: AbortSignal): Promise<true> {
    this.#greet();
    while (!granted.aborted) {
      const hasSlept = await this.#host.pacer.wait(granted, PATIENCE);
      if (granted.aborted) break;
      if (hasSlept) this.#greet();
      const answer = await this.#ping(granted);
      if (granted.aborted) break;
      if (!answer || (answer.isHidden && !isHidden())) return true;
      await sleep(TRUST, granted);
    }
    return new Promise(() => {});
  }

  async #ping(granted: AbortSignal): Promise<{ isHidden: boolean } | undefined> {
    const answered = new AbortController();
    const stop = (): void => answered.abort();
    let answer: { isHidden: boolean } | undefined;
    this.#onPong = (pong) => {
      answer = pong;
      stop();
    };
    const unsubscribe = onAbort(granted, stop);
    this.#ask('ping');
    await sleep(ANSWER, answered.signal);
    unsubscribe();
    this.#onPong = undefined;
    return answer;
  }

  #receive(data: unknown): void {
    const message = readTabMessage(data);
    if (!message) return;
    const host = this.#host;
    const isLeading = this.#isLeading;
    if (isLeading && 'isClose' in message && message.isClose) host.pacer.watch();
    switch (message.kind) {
      case 'update':
        this.#receiveUpdate(message.update);
        break;
      case 'state':
        this.#receiveState(message.state, message.isFirst);
        break;
      case 'bye':
        this.#hasLeader = false;
        break;
      case 'hello':
        if (isLeading) this.#postState(false);
        break;
      case 'ping':
        if (isLeading) this.#post({ kind: 'pong', isHidden: isHidden() });
        break;
      case 'pong':
        this.#onPong?.(message);
        break;
      case 'ask':
        if (isLeading) host.pacer.request();
        break;
    }
  }

  #receiveUpdate(update: Update): void {
    if (update.kind === 'poll') this.#hasLeader = true;
    if (!this.#isLeading) this.#host.follow();
    // The tab that led before may still report its last read: the leading tab needs that too.
    this.#host.receive(update, this.#isLeading);
  }

  #receiveState(state: SharedState, isFirst: boolean): void {
    if (isFirst) this.#isLeading = false;
    // A frozen tab may answer late: by then this tab may know more than it.
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#hasLeader = true;
    this.#host.follow();
    this.#host.adopt(state);
  }

  #greet(): void {
    this.#isNew = true;
    this.#ask('hello');
  }

  #ask(kind: 'ask' | 'hello' | 'ping'): void {
    this.#post({ kind, isClose: this.#host.pacer.isClose });
  }

  #postState(isFirst: boolean): void {
    this.#post({ kind: 'state', state: this.#host.state(), isFirst });
  }

  /** Returns whether the message could be copied. Without a channel there is no tab to miss it. */
  #post(message: TabMessage): boolean {
    const isPosted = attempt(() => {
      this.#channel?.postMessage(message);
      return true;
    });
    return isPosted ?? false;
  }
}
