import { onAbort } from '../../abort.ts';
import { sleep } from '../../time.ts';
import { isHidden } from '../pace/page-life.ts';
import type { Update } from '../state/update.ts';
import { LeaderPing } from './leader-ping.ts';
import { ReadsUnderWay } from './reads-under-way.ts';
import { type LockEnd, requestLock } from './request-lock.ts';
import { openTabChannel, type TabChannel } from './tab-channel.ts';
import type { TabGroupHost } from './tab-group-host.ts';
import type { TabMessage } from './tab-messages.ts';
import { untilLeft } from './until-left.ts';
import { waitPatiently } from './wait-patiently.ts';

/** How late a poll of the polling tab may be before another tab pings it, in ms. */
const PATIENCE = 3_000;
/** How long the browser may take to let a tab steal the lock, and the thief to answer, in ms. */
const ANSWER = 2_000;
/** After an answer it is not pinged again for this time, in ms. */
const TRUST = 5_000;

const never = (): Promise<never> => new Promise(() => {});

/** How a tab tries to become the one that polls. `alone`: locks or channels do not work here. */
type Turn = 'wait' | 'steal' | 'alone';

/**
 * The tabs of one user, of which one polls for all.
 *
 * 1. The tab that holds the lock polls, and sends its updates to the others. When it is closed, the browser gives the lock to
 *    the next in line.
 * 2. A frozen tab still holds the lock. A tab that misses a poll pings it. If there is no answer, or if a visible tab gets the
 *    answer of a hidden one, it steals the lock.
 * 3. A tab that has lost the lock still sends what its last read has brought, and follows the others.
 * 4. Each tab says when a read begins and ends. The tab that polls next so knows whether a read was cut off, and reports it.
 * 5. Where locks or channels do not work, it is as if there were none: this tab polls for itself.
 */
export class TabGroup {
  readonly #name: string;
  readonly #host: TabGroupHost;
  #channel: TabChannel | undefined;
  /** Whether this tab polls for itself, since it cannot share. For how long: see `#tryAgain`. */
  #isAlone = false;
  /** Whether the browser did not answer when this tab asked for a lock. */
  #isSilent = false;
  /** Whether another tab was ever heard. The channel then works. */
  #hasHeard = false;
  #isLeading = false;
  /** Whether this tab was used again before it took part: the polling tab does not know yet. */
  #hasWoken = false;
  readonly #reads = new ReadsUnderWay();
  /** How long a read of the tab that this one replaces may still take, in ms: 0 unless that tab was still at work. */
  #longestRead = 0;
  /** Whether this tab has sent `hello`, and has no state yet. */
  #isNew = false;
  /** Another tab says that it has begun to poll, while this one does. */
  #onRival: (() => void) | undefined;
  readonly #ping = new LeaderPing();
  /** Resolves when the last leadership of this tab has ended. */
  #led: Promise<void> = Promise.resolve();

  /** @param name Made of the user and the queue's address. Tabs with another name are another group. */
  constructor(name: string, host: TabGroupHost) {
    // The number is the version of the messages: two tabs may run two versions of this code.
    this.#name = `bankside.tabs 4 ${name}`;
    this.#host = host;
  }

  /** Whether this tab must claim its queue: not while it shares, and not where locks never answer. */
  get mustClaim(): boolean {
    return this.#isAlone && !this.#isSilent;
  }

  /** Takes part until `leave` aborts. Rejects with the error that ended this tab's polling. */
  async join(leave: AbortSignal): Promise<void> {
    this.#tryAgain();
    if (!this.#isAlone) this.#channel = openTabChannel(this.#name, (message) => this.#receive(message));
    try {
      let turn: Turn = this.#channel ? 'wait' : 'alone';
      while (!leave.aborted) turn = await this.#takeTurn(turn, leave);
      await this.#led;
    } finally {
      this.#closeChannel();
    }
  }

  /**
   * A tab that is alone since the browser did not answer in time, though others were heard, tries once more to share. Not where
   * locks were found not to work: two tabs that have the same lock would disturb each other.
   */
  #tryAgain(): void {
    if (!this.#isSilent || !this.#hasHeard) return;
    this.#isAlone = this.#isSilent = this.#hasHeard = false;
  }

  /** Sends an update to the other tabs. Returns false if it is nested too deep to be copied. */
  send(update: Update): boolean {
    return this.#post({ kind: 'update', update });
  }

  /** Tells the other tabs that a read of the queue begins, or has ended. */
  announceRead(isUnderWay: boolean): void {
    const note = { reader: this.#reads.self, isUnderWay };
    this.#reads.note(note);
    this.#post({ kind: 'read', ...note });
  }

  /** Asks the polling tab to poll now. */
  requestPoll(): void {
    this.#ask('ask');
  }

  /** Asks the polling tab to poll now, and to forget its failures, as this tab is used again. */
  wake(): void {
    if (this.#channel) this.#ask('wake');
    else this.#hasWoken = true;
  }

  /** Resolves with what to try next. */
  async #takeTurn(turn: Turn, leave: AbortSignal): Promise<Turn> {
    if (turn === 'alone') {
      await this.#leadAlone(leave);
      return 'alone';
    }
    switch (await this.#tryLock(turn, leave)) {
      case 'overdue':
        this.#isSilent = turn === 'steal';
        return turn === 'wait' ? 'steal' : 'alone';
      case 'unusable':
        return 'alone';
      case 'stolen':
        return (await this.#isHeard(leave)) ? 'wait' : 'alone';
      default:
        return 'wait';
    }
  }

  /**
   * Waits for the lock, or steals it, and leads while it has the lock. Resolves with `overdue` if the polling tab must be
   * replaced, or if stealing takes too long.
   */
  async #tryLock(turn: 'wait' | 'steal', leave: AbortSignal): Promise<LockEnd | 'overdue'> {
    const place = new AbortController();
    const leavePlace = (): void => place.abort();
    const unsubscribe = onAbort(leave, leavePlace);
    const granted = new AbortController();
    const hold = (): Promise<void> => {
      granted.abort();
      return this.#lead(place.signal);
    };
    const isSteal = turn === 'steal';
    try {
      return await Promise.race([
        requestLock(this.#name, { signal: place.signal, isSteal }, hold),
        isSteal ? untilOverdue(granted.signal) : this.#follow(granted.signal),
        this.#untilRivalled(place.signal),
        untilLeft(leave, granted.signal),
      ]);
    } finally {
      unsubscribe();
      granted.abort();
      leavePlace();
    }
  }

  /** Resolves if another tab polls too, and the browser does not say that this one has lost the lock: it gives it to all. */
  async #untilRivalled(place: AbortSignal): Promise<'unusable'> {
    await new Promise<void>((resolve) => {
      this.#onRival = resolve;
    });
    return (await waitPatiently(ANSWER, place)) ? 'unusable' : never();
  }

  /**
   * After the lock was stolen: the tab that has it now answers. If no tab was ever heard, then the channel does not work, or a
   * lock that only looks like one was taken away. Waits for the whole time, so that such a lock cannot cause a busy loop.
   */
  async #isHeard(leave: AbortSignal): Promise<boolean> {
    this.#greet();
    await waitPatiently(ANSWER, leave);
    return this.#hasHeard;
  }

  async #leadAlone(leave: AbortSignal): Promise<void> {
    this.#closeChannel();
    if (!this.#isAlone && this.#hasHeard) this.#host.part();
    this.#isAlone = true;
    this.#isNew = false;
    await this.#lead(leave);
  }

  /**
   * Leads until `place` aborts. It then releases the lock at once, though a read may still be in flight.
   *
   * @param place Aborts when this tab leaves the group, or has lost the lock.
   */
  async #lead(place: AbortSignal): Promise<void> {
    await this.#led;
    if (place.aborted) return;
    const hasLeft = new Promise<void>((resolve) => {
      onAbort(place, () => {
        this.#isLeading = false;
        resolve();
      });
    });
    // While this tab was away, another one may have polled and closed.
    const before = { isBehind: this.#isNew && this.#host.wasHere(), wasCut: this.#wasCut(place) };
    this.#isLeading = true;
    this.#isNew = false;
    this.#hasWoken = false; // it polls at once
    // For tabs that got no answer to `hello`, and for a frozen leader: it gets messages, but no notice that it lost the lock.
    this.#postState(true);
    const led = this.#host.lead(place, before);
    this.#led = led.catch(() => {});
    await Promise.race([led, hasLeft]);
  }

  /** Resolves with `true` if a read of another tab was cut off, and then tells the others that this one has noticed. */
  async #wasCut(place: AbortSignal): Promise<boolean> {
    const longest = this.#longestRead;
    this.#longestRead = 0;
    if (!this.#hasHeard) return false;
    const cut = await this.#reads.untilEnded(longest, place);
    for (const reader of cut) this.#post({ kind: 'read', reader, isUnderWay: false });
    return cut.length > 0;
  }

  /**
   * Watches the polling tab. Resolves with `overdue` when this tab must replace it, with `unusable` if nothing can be sent;
   * otherwise never.
   */
  async #follow(granted: AbortSignal): Promise<'overdue' | 'unusable'> {
    if (!this.#greet()) return 'unusable';
    if (this.#hasWoken) this.#ask('wake');
    this.#hasWoken = false;
    while (!granted.aborted) {
      const hasSlept = await this.#host.pacer.wait(granted, PATIENCE);
      if (granted.aborted) break;
      if (hasSlept) this.#greet();
      const leader = await this.#ping.ask(() => this.#ask('ping'), granted);
      if (granted.aborted) break;
      this.#longestRead = leader === 'hidden' ? this.#host.longestRead : 0;
      if (leader !== 'well') return 'overdue';
      await sleep(TRUST, granted);
    }
    return never();
  }

  #receive(message: TabMessage): void {
    this.#hasHeard = true;
    const host = this.#host;
    const isLeading = this.#isLeading;
    if (isLeading && 'isClose' in message && message.isClose) host.pacer.watch();
    switch (message.kind) {
      case 'update':
        this.#receiveUpdate(message.update);
        break;
      case 'state':
        this.#receiveState(message);
        break;
      case 'read':
        this.#reads.note(message);
        break;
      case 'hello':
        if (isLeading) this.#postState(false);
        break;
      case 'ping':
        if (isLeading) this.#post({ kind: 'pong', isHidden: isHidden() });
        break;
      case 'pong':
        this.#ping.receive(message);
        break;
      case 'ask':
        if (isLeading) host.ask();
        break;
      case 'wake':
        if (isLeading) host.wake();
        break;
    }
  }

  #receiveUpdate(update: Update): void {
    if (!this.#isLeading) this.#host.follow();
    // The tab that led before may still report its last read, which the leading tab needs too.
    this.#host.receive(update, this.#isLeading);
  }

  #receiveState({ state, isFirst, readers }: Extract<TabMessage, { kind: 'state' }>): void {
    if (isFirst && this.#isLeading) this.#onRival?.();
    if (isFirst) this.#isLeading = false;
    // A frozen tab may answer late. This tab may then know more.
    if (!this.#isNew) return;
    this.#isNew = false;
    for (const reader of readers) this.#reads.note({ reader, isUnderWay: reader !== this.#reads.self });
    this.#host.follow();
    this.#host.adopt(state);
  }

  /** Returns whether the greeting was sent. */
  #greet(): boolean {
    this.#isNew = true;
    return this.#ask('hello');
  }

  #ask(kind: 'ask' | 'wake' | 'hello' | 'ping'): boolean {
    return this.#post({ kind, isClose: this.#host.pacer.isClose });
  }

  #postState(isFirst: boolean): void {
    this.#post({ kind: 'state', state: this.#host.state(), isFirst, readers: this.#reads.readers });
  }

  /** Returns whether the message could be sent; true if there is no channel. */
  #post(message: TabMessage): boolean {
    return this.#channel?.post(message) ?? true;
  }

  #closeChannel(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}

/** Stealing a lock is a matter of ms: if it takes longer, then locks do not work. */
async function untilOverdue(granted: AbortSignal): Promise<'overdue'> {
  return (await waitPatiently(ANSWER, granted)) ? 'overdue' : never();
}
