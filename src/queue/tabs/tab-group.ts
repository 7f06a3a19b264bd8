import { onAbort } from '../../abort.ts';
import { sleep } from '../../time.ts';
import { isHidden } from '../pace/page-life.ts';
import type { Update } from '../state/update.ts';
import { GroupLink } from './group-link.ts';
import { LeaderPing } from './leader-ping.ts';
import { ReadsUnderWay } from './reads-under-way.ts';
import { type LockEnd, requestLock } from './request-lock.ts';
import type { Cut, TabGroupHost } from './tab-group-host.ts';
import type { TabMessage } from './tab-messages.ts';
import { untilLeft } from './until-left.ts';
import { untilOverdue } from './until-overdue.ts';
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
 * 5. A tab that is paused stays as a listener. When it is back, it so knows whether it has missed something.
 * 6. Where locks or channels do not work, it is as if there were none: this tab polls for itself.
 */
export class TabGroup {
  readonly #name: string;
  readonly #host: TabGroupHost;
  readonly #link: GroupLink;
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
  /** Whether this tab replaces one that is still at work: a read of that tab still ends. */
  #isReplacing = false;
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
    this.#link = new GroupLink(this.#name, host.pacer);
  }

  /** Whether this tab must claim its queue: not while it shares, and not where locks never answer. */
  get mustClaim(): boolean {
    return this.#isAlone && !this.#isSilent;
  }

  /** Takes part until `leave` aborts. Rejects with the error that ended this tab's polling. */
  async join(leave: AbortSignal): Promise<void> {
    this.#tryAgain();
    this.#open();
    try {
      let turn: Turn = this.#link.isOpen ? 'wait' : 'alone';
      while (!leave.aborted) turn = await this.#takeTurn(turn, leave);
      await this.#led;
    } finally {
      if (!this.#host.isListening()) this.close();
    }
  }

  /** Leaves the group. A paused tab listens until then. */
  close(): void {
    this.#link.close();
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
    return this.#link.post({ kind: 'update', update });
  }

  /** Tells the other tabs that a read of the queue begins, or has ended. */
  announceRead(isUnderWay: boolean): void {
    const note = { reader: this.#reads.self, isUnderWay };
    this.#reads.note(note);
    this.#link.post({ kind: 'read', ...note });
  }

  /** Asks the polling tab to poll now. */
  requestPoll(): void {
    this.#link.ask('ask');
  }

  /** Asks the polling tab to poll now, and to forget its failures, as this tab is used again. */
  wake(): void {
    if (this.#link.isOpen) this.#link.ask('wake');
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
        isSteal ? untilOverdue(ANSWER, granted.signal) : this.#follow(granted.signal),
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
    this.#host.setBehind(true);
    this.#greet();
    await waitPatiently(ANSWER, leave);
    return this.#hasHeard;
  }

  async #leadAlone(leave: AbortSignal): Promise<void> {
    this.close();
    if (!this.#isAlone && this.#hasHeard) this.#host.part();
    this.#isAlone = true;
    this.#host.setBehind(false);
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
    const before = { isBehind: this.#host.isBehind(), cut: this.#findCut(place) };
    this.#isLeading = true;
    this.#isNew = false;
    this.#host.setBehind(false);
    this.#hasWoken = false; // it polls at once
    // For tabs that got no answer to `hello`, and for a frozen leader: it gets messages, but no notice that it lost the lock.
    this.#postState(true);
    const led = this.#host.lead(place, before);
    this.#led = led.catch(() => {});
    await Promise.race([led, hasLeft]);
  }

  /** Resolves with whether a read of another tab was cut off. If so, it tells the others that this one has noticed. */
  async #findCut(place: AbortSignal): Promise<Cut> {
    const isAtWork = this.#isReplacing;
    this.#isReplacing = false;
    if (!this.#hasHeard) return 'none';
    const { readers, isOld } = await this.#reads.untilEnded(this.#host.longestRead, isAtWork, place);
    for (const reader of readers) this.#link.post({ kind: 'read', reader, isUnderWay: false });
    if (!readers.length) return 'none';
    return isOld ? 'before' : 'since';
  }

  /**
   * Watches the polling tab. Resolves with `overdue` when this tab must replace it, with `unusable` if nothing can be sent;
   * otherwise never.
   */
  async #follow(granted: AbortSignal): Promise<'overdue' | 'unusable'> {
    if (!this.#greet()) return 'unusable';
    if (this.#hasWoken) this.#link.ask('wake');
    this.#hasWoken = false;
    while (!granted.aborted) {
      const hasSlept = await this.#host.pacer.wait(granted, PATIENCE);
      if (granted.aborted) break;
      if (hasSlept) {
        this.#host.setBehind(true);
        this.#greet();
      }
      const leader = await this.#ping.ask(() => this.#link.ask('ping'), granted);
      if (granted.aborted) break;
      this.#isReplacing = leader === 'hidden';
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
        if (!isLeading) host.follow();
        // The tab that led before may still report its last read, which the leading tab needs too.
        host.receive(message.update, isLeading);
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
        if (isLeading) this.#link.post({ kind: 'pong', isHidden: isHidden() });
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

  #receiveState({ state, isFirst, readers }: Extract<TabMessage, { kind: 'state' }>): void {
    if (isFirst && this.#isLeading) this.#onRival?.();
    if (isFirst) this.#isLeading = false;
    // The sender needs to know that the read will end: this tab is neither closed nor frozen.
    if (isFirst && this.#reads.isReading && this.#host.isListening()) this.announceRead(true);
    // A frozen tab may answer late. This tab may then know more.
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#reads.replaceOthers(readers);
    this.#host.follow();
    this.#host.adopt(state);
    this.#host.setBehind(false);
  }

  /** Returns whether the greeting was sent. */
  #greet(): boolean {
    this.#isNew = true;
    return this.#link.ask('hello');
  }

  #postState(isFirst: boolean): void {
    this.#link.post({ kind: 'state', state: this.#host.state(), isFirst, readers: this.#reads.readers });
  }

  /** A paused tab has it open already, and has missed nothing. */
  #open(): void {
    if (this.#isAlone || this.#link.isOpen) return;
    this.#link.open((message) => this.#receive(message));
    this.#host.setBehind(true);
  }
}
