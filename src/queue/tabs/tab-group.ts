import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { isBanksideError } from '../../errors.ts';
import { sleep } from '../../time.ts';
import type { Pacer } from '../pace/pacer.ts';
import { isHidden } from '../pace/page-life.ts';
import type { SharedState, Update } from '../state/update.ts';
import { readTabMessage, type TabMessage } from './tab-messages.ts';

/** What a group of tabs needs from the poller of this tab. */
export interface TabGroupHost {
  readonly pacer: Pacer;
  /** Polls until `leave` aborts. Resolves with `false` if a read was cut off. */
  lead(leave: AbortSignal, isTakeover: boolean): Promise<boolean>;
  /** Whether this tab has followed the queue before. */
  wasHere(): boolean;
  /** Another tab polls. */
  follow(): void;
  /** @param isLeading Whether this tab polls. A `reading` is then the last one of a tab that polled before. */
  receive(update: Update, isLeading: boolean): void;
  adopt(state: SharedState): void;
  state(): SharedState;
}

/** How late a poll of the polling tab may be before another tab pings it, in ms. */
const PATIENCE = 3_000;
/** How long the polling tab may take to answer, in ms. */
const ANSWER = 2_000;
/** After an answer it is not pinged again for this time, in ms. */
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
  /** Whether another tab polls, as far as this one knows. */
  #hasLeader = false;
  /** Whether this tab has sent `hello`, and has no state yet. */
  #isNew = false;
  #onPong: ((pong: { readonly isHidden: boolean }) => void) | undefined;
  /** Resolves when the last leadership of this tab has ended. */
  #led: Promise<void> = Promise.resolve();

  /** @param name Made of the user and the queue's address. Tabs with another name are another group. */
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

  /** Sends an update to the other tabs. Returns false if it is nested too deep to be copied. */
  send(update: Update): boolean {
    return this.#post({ kind: 'update', update });
  }

  /** Asks the polling tab to poll now. */
  requestPoll(): void {
    this.#ask('ask');
  }

  /** Waits for the lock, or steals it, and leads while it has the lock. Resolves with whether to steal the lock next. */
  async #waitForLock(leave: AbortSignal, bySteal: boolean): Promise<boolean> {
    const place = new AbortController();
    const leavePlace = (): void => place.abort();
    const unsubscribe = onAbort(leave, leavePlace);
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
      // Another tab has stolen the lock, or this one does not wait for it any more.
      if ((error as Error).name === 'AbortError') return false;
      // The browser refuses locks here: this tab polls for itself.
      watch.abort();
      this.#channel?.close();
      this.#channel = undefined;
      await this.#lead(place.signal, leave);
    } finally {
      unsubscribe();
      watch.abort();
      leavePlace();
      leading.catch(() => {});
    }
    return false;
  }

  /**
   * Leads until `place` aborts. It then releases the lock at once, though a read may still be in flight.
   *
   * @param place Aborts when this tab leaves the group, or has lost the lock.
   * @param leave Aborts only when it leaves the group.
   */
  async #lead(place: AbortSignal, leave: AbortSignal): Promise<void> {
    await this.#led;
    if (place.aborted) return;
    const hasLeft = new Promise<void>((resolve) => {
      onAbort(place, () => {
        this.#isLeading = false;
        resolve();
      });
    });
    const isTakeover = this.#hasLeader;
    this.#isLeading = true;
    this.#isNew = false;
    // For tabs that got no answer to `hello`, and for a frozen leader: it gets messages, but no notice that it lost the lock.
    this.#postState(true);
    const led = this.#host.lead(place, isTakeover).then((isWhole) => {
      if (isWhole && leave.aborted) this.#post({ kind: 'bye' });
    });
    this.#led = led.catch(() => {});
    await Promise.race([led, hasLeft]);
  }

  /** Watches the polling tab. Resolves with true when this tab must replace it; otherwise never. */
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
    // The tab that led before may still report its last read, which the leading tab needs too.
    this.#host.receive(update, this.#isLeading);
  }

  #receiveState(state: SharedState, isFirst: boolean): void {
    if (isFirst) this.#isLeading = false;
    // A frozen tab may answer late. This tab may then know more.
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

  /** Returns whether the message could be copied; true if there is no channel. */
  #post(message: TabMessage): boolean {
    const isPosted = attempt(() => {
      this.#channel?.postMessage(message);
      return true;
    });
    return isPosted ?? false;
  }
}
