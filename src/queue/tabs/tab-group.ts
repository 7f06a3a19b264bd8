import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { isBanksideError } from '../../errors.ts';
import { sleep } from '../../time.ts';
import type { Pacer } from '../pace/pacer.ts';
import { isHidden } from '../pace/page-life.ts';
import type { SharedState } from '../state/journal.ts';
import type { Finding } from '../state/update.ts';
import { readTabMessage, type TabMessage } from './tab-messages.ts';

/** What a group of tabs needs of the poller in this one. */
export interface TabContext {
  readonly pacer: Pacer;
  /** This tab polls, until `leave` aborts. Resolves with whether nothing was cut off. */
  lead(leave: AbortSignal, isTakeover: boolean): Promise<boolean>;
  /** Whether this tab has followed the queue before. */
  wasHere(): boolean;
  /** Another tab polls. */
  follow(): void;
  /** @param isLeading Whether this tab polls, and another one still says what it has found. */
  hear(finding: Finding, isLeading: boolean): void;
  adopt(state: SharedState): void;
  state(): SharedState;
}

/** How late a poll of the tab that polls may be before it is asked for, in ms. */
const PATIENCE = 3_000;
/** How long its answer may take, in ms. */
const ANSWER = 2_000;
/** How long it is left alone once it has answered, in ms. */
const TRUST = 5_000;

/** Whether tabs can share here: browsers have locks on secure pages alone, and refuse them in a sandboxed frame. */
export function canShare(): boolean {
  const { origin, navigator } = globalThis;
  return origin !== 'null' && !!navigator?.locks && 'BroadcastChannel' in globalThis;
}

/**
 * The tabs of one user, of which one polls for all.
 *
 * 1. The one that holds the lock polls, and says what it finds. One that is closed lets go of the lock, and the
 *    next in line has it.
 * 2. One that is frozen still holds it. Whoever misses a poll asks; without an answer, or if a tab that is
 *    seen gets the answer of a hidden one, it takes the lock.
 * 3. One that has lost the lock still says what a read that was under way has brought, and takes in what the
 *    others find.
 */
export class TabGroup {
  readonly #name: string;
  readonly #context: TabContext;
  #channel: BroadcastChannel | undefined;
  #isLeading = false;
  /** When another tab was heard of as polling. */
  #hasLeader = false;
  /** Whether it has greeted, and was not answered yet. */
  #isNew = false;
  #heardPong: ((pong: { readonly isHidden: boolean }) => void) | undefined;
  /** The last time that this tab was the one, which may still be coming to its end. */
  #led: Promise<void> = Promise.resolve();

  /** @param name Of the user and the queue's address: tabs of other names are other groups. */
  constructor(name: string, context: TabContext) {
    // The number is that of the messages' form, as two tabs may have two versions of this code.
    this.#name = `bankside.tabs 1 ${name}`;
    this.#context = context;
  }

  /** Takes part until `leave` aborts. Rejects with what ended this tab's polling. */
  async join(leave: AbortSignal): Promise<void> {
    const channel = attempt(() => new BroadcastChannel(this.#name));
    if (channel) channel.onmessage = ({ data }) => this.#hear(data);
    this.#channel = channel;
    // While this tab was away, another one may have polled, and have gone again.
    this.#hasLeader = this.#context.wasHere();
    try {
      let byForce = false;
      while (!leave.aborted) byForce = await this.#standInLine(leave, byForce);
      await this.#led;
    } finally {
      channel?.close();
      this.#channel = undefined;
    }
  }

  /** To the other tabs. Returns whether they can hear it: what is nested too deep cannot be copied. */
  tell(finding: Finding): boolean {
    return this.#say({ kind: 'finding', finding });
  }

  /** Asks whichever tab polls to do so now. */
  ask(): void {
    this.#request('ask');
  }

  /**
   * Waits for the lock, or takes it, and leads while it is held. Resolves with whether it is to be taken by
   * force.
   */
  async #standInLine(leave: AbortSignal, byForce: boolean): Promise<boolean> {
    const place = new AbortController();
    const quit = (): void => place.abort();
    const letGo = onAbort(leave, quit);
    const watch = new AbortController();
    const leading = navigator.locks.request(
      this.#name,
      byForce ? { steal: true } : { signal: place.signal },
      () => {
        watch.abort();
        return this.#lead(place.signal, leave);
      },
    );
    try {
      if (byForce) await leading;
      else return await Promise.race([leading.then(() => false), this.#follow(watch.signal)]);
    } catch (error) {
      if (isBanksideError(error)) throw error;
      // Another tab has taken the lock, or this one has left the line.
      if ((error as Error).name === 'AbortError') return false;
      // Or locks are refused here, and each tab is on its own.
      watch.abort();
      this.#channel?.close();
      this.#channel = undefined;
      await this.#lead(place.signal, leave);
    } finally {
      letGo();
      watch.abort();
      quit();
      leading.catch(() => {});
    }
    return false;
  }

  /**
   * Leads until `leave` aborts. The lock goes at once then, though a read may still be landing.
   *
   * @param quit Aborts if this tab leaves of its own accord.
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
    // To those whose greeting met nobody, and to one that stands still: it can hear, but not that it has lost the lock.
    this.#tellState(true);
    const led = this.#context.lead(leave, isTakeover).then((isWhole) => {
      if (isWhole && quit.aborted) this.#say({ kind: 'bye' });
    });
    this.#led = led.catch(() => {});
    await Promise.race([led, hasLeft]);
  }

  /** Watches the tab that polls. Resolves with true when it has to be replaced; else never. */
  async #follow(granted: AbortSignal): Promise<true> {
    this.#greet();
    while (!granted.aborted) {
      const hasSlept = await this.#context.pacer.wait(granted, PATIENCE);
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
    const heard = new AbortController();
    const stop = (): void => heard.abort();
    let answer: { isHidden: boolean } | undefined;
    this.#heardPong = (pong) => {
      answer = pong;
      stop();
    };
    const letGo = onAbort(granted, stop);
    this.#request('ping');
    await sleep(ANSWER, heard.signal);
    letGo();
    this.#heardPong = undefined;
    return answer;
  }

  #hear(data: unknown): void {
    const message = readTabMessage(data);
    if (!message) return;
    const context = this.#context;
    const isLeading = this.#isLeading;
    if (isLeading && 'isClose' in message && message.isClose) context.pacer.watch();
    switch (message.kind) {
      case 'finding':
        if (message.finding.kind === 'poll') this.#hasLeader = true;
        if (!isLeading) context.follow();
        // Whoever led until now may still be landing a read, and the one that leads takes it in as well.
        context.hear(message.finding, isLeading);
        break;
      case 'state':
        if (message.isFirst) this.#isLeading = false;
        // Another one may know more by now than whoever stood still, and answers late.
        if (!this.#isNew) break;
        this.#isNew = false;
        this.#hasLeader = true;
        context.follow();
        context.adopt(message.state);
        break;
      case 'bye':
        this.#hasLeader = false;
        break;
      case 'hello':
        if (isLeading) this.#tellState(false);
        break;
      case 'ping':
        if (isLeading) this.#say({ kind: 'pong', isHidden: isHidden() });
        break;
      case 'pong':
        this.#heardPong?.(message);
        break;
      case 'ask':
        if (isLeading) context.pacer.ask();
        break;
    }
  }

  #greet(): void {
    this.#isNew = true;
    this.#request('hello');
  }

  #request(kind: 'ask' | 'hello' | 'ping'): void {
    this.#say({ kind, isClose: this.#context.pacer.isClose });
  }

  #tellState(isFirst: boolean): void {
    this.#say({ kind: 'state', state: this.#context.state(), isFirst });
  }

  /** Returns whether it could be copied. Where there is no channel, nobody misses it. */
  #say(message: TabMessage): boolean {
    const said = attempt(() => {
      this.#channel?.postMessage(message);
      return true;
    });
    return said ?? false;
  }
}
