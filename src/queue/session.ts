import { onAbort } from '../abort.ts';
import { attempt } from '../check.ts';
import { now } from '../time.ts';
import { watchPageLife } from './pace/page-life.ts';
import { QueueReader, type ReaderContext } from './queue-reader.ts';
import { checkObjectPrototype } from './server/check-object-prototype.ts';
import type { PollerStatus } from './state/poller-terms.ts';
import type { SharedState, Update } from './state/update.ts';
import { canShare } from './tabs/can-share.ts';
import { claimQueue } from './tabs/claim-queue.ts';
import { TabGroup } from './tabs/tab-group.ts';

/** The parts of the poller that belong to one user. */
export interface SessionContext extends Omit<ReaderContext, 'report' | 'claim' | 'announceRead'> {
  isPaused(): boolean;
  status(): PollerStatus;
  /** What is known may have changed. */
  changed(): void;
}

/** One run of the poller, from `start` to `stop`: of this tab alone, or of the user's tabs together. */
export class Session {
  /** Resolves once a queue is known to exist. Rejects if the session ends before, with the reason. */
  readonly started: Promise<void>;
  /** Resolves when nothing of the session is left; with the error, if one ended it. */
  readonly ended: Promise<unknown>;
  readonly #context: SessionContext;
  readonly #reader: QueueReader;
  readonly #tabs: TabGroup | undefined;
  readonly #abort = new AbortController();
  #setStarted: () => void = () => {};
  /** Aborts when the page is left or paused. */
  #visit = new AbortController();
  /** Whether the user has left the page, as far as the browser says. */
  #isAway = false;
  #statusBefore: PollerStatus | undefined;
  /** A queue that other tabs read, and this one no longer, since it cannot share any more. */
  #queueOfOthers: string | undefined;
  #continue: () => void = () => {};

  /** @param previous The end of the session before. */
  constructor(context: SessionContext, previous: Promise<void>) {
    this.#context = context;
    this.#reader = new QueueReader({
      ...context,
      report: (update) => this.report(update),
      claim: (queueId, leave) => this.#claim(queueId, leave),
      announceRead: (isUnderWay) => this.#tabs?.announceRead(isUnderWay),
      // A handler may stop the session while the reader works: what comes after is not emitted.
      setStatus: (status) => {
        if (!this.#hasEnded) context.setStatus(status);
      },
      emitFailure: (failure) => {
        if (!this.#hasEnded) context.emitFailure(failure);
      },
    });
    this.#tabs = this.#createTabGroup();
    const isReady = new Promise<void>((resolve) => {
      this.#setStarted = resolve;
    });
    const running = this.#run(previous);
    this.started = Promise.race([isReady, running.then(() => Promise.reject(this.#abort.signal.reason))]);
    this.started.catch(() => {}); // the page need not look at it
    this.ended = running.catch((error: unknown) => error);
  }

  /** Sends an update to the other tabs, and then applies it: a handler may end the session. Returns whether it could be sent. */
  report(update: Update): boolean {
    const isSent = this.#tabs?.send(update) ?? true;
    this.#apply(update);
    return isSent;
  }

  /** Requests a poll, in this tab or in the polling tab. */
  requestPoll(): void {
    this.resume(false);
    this.#context.pacer.request();
    this.#tabs?.requestPoll();
    this.#context.changed(); // after a failure, the snapshot shows when the next poll is
  }

  pause(): void {
    this.#visit.abort();
  }

  /**
   * The page is used or visible again, so the user has not left it: polls at once, in this tab or in the polling tab. How often
   * polls have failed before does not count any more.
   */
  wake(): void {
    this.#comeBack();
    this.#reader.revive();
    this.#context.pacer.request();
    if (!this.#context.isPaused()) this.#tabs?.wake();
    this.#context.changed();
    this.#continue();
  }

  /** What the page did before may still be under way: a read that is let land. */
  #comeBack(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    if (this.#isHere && this.#statusBefore) this.#context.setStatus(this.#statusBefore);
  }

  /** The page uses the poller, so the user has not left it. Does nothing more if the poller goes on already. */
  resume(wasPaused: boolean): void {
    if (wasPaused || this.#isAway) this.wake();
  }

  stop(reason: unknown): void {
    this.#save(); // it may be in the middle of a read
    this.#abort.abort(reason);
  }

  get #hasEnded(): boolean {
    return this.#abort.signal.aborted;
  }

  get #isHere(): boolean {
    return !this.#context.isPaused() && !this.#isAway && !this.#hasEnded;
  }

  /** Whether it is paused by the page, which is not left: another tab of the user may poll meanwhile. */
  get #isListening(): boolean {
    return this.#context.isPaused() && !this.#isAway && !this.#hasEnded;
  }

  /** `undefined` where tabs do not share. */
  #createTabGroup(): TabGroup | undefined {
    const { settings, journal, pacer, setStatus } = this.#context;
    const { baseUrl, user, share } = settings;
    const address = attempt(() => baseUrl().href); // without one, the first request says why
    if (!share || address === undefined || !canShare()) return undefined;
    return new TabGroup(`${address} ${user}`, {
      pacer,
      longestRead: settings.timeout,
      lead: (leave, before) => this.#reader.run(this.#abort.signal, leave, before),
      isBehind: () => journal.isBehind,
      isListening: () => this.#isListening,
      setBehind: (isBehind) => journal.apply({ kind: 'behind', isBehind }),
      follow: () => {
        if (this.#isHere) setStatus('following');
      },
      receive: (update, isLeading) => this.#receive(update, isLeading),
      adopt: (state) => this.#adopt(state),
      state: () => journal.share(),
      ask: () => {
        pacer.request();
        this.#context.changed();
      },
      wake: () => {
        this.#reader.revive();
        pacer.request();
        this.#context.changed();
      },
      part: () => {
        this.#queueOfOthers = journal.queue.queueId;
      },
    });
  }

  async #run(previous: Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    onAbort(signal, () => {
      this.#visit.abort();
      this.#continue();
    });
    const life = {
      woken: () => this.wake(),
      left: () => this.#leave(),
    };
    watchPageLife(life, signal);
    try {
      await previous;
      // Another script may have changed it since this package was loaded. Tabs could then not read each other's messages.
      if (this.#tabs) checkObjectPrototype();
      while (!signal.aborted) {
        if (this.#isHere) await this.#takePart();
        else await this.#stayOut();
      }
    } finally {
      this.#tabs?.close();
      this.#abort.abort(); // removes the listeners
    }
  }

  /** Until the page uses the poller again, or is left. */
  async #stayOut(): Promise<void> {
    if (!this.#isListening) this.#tabs?.close();
    await new Promise<void>((resolve) => {
      this.#continue = resolve;
    });
  }

  #leave(): void {
    if (!this.#isAway) this.#statusBefore = this.#context.status();
    this.#isAway = true;
    this.#save();
    this.#visit.abort();
    this.#continue(); // a paused tab then listens no longer
    if (!this.#hasEnded) this.#context.setStatus('paused');
  }

  /** Of tabs that share, one reads anyway. */
  async #claim(queueId: string, leave: AbortSignal): Promise<boolean> {
    if (queueId === this.#queueOfOthers) return false;
    return this.#tabs?.mustClaim === false || claimQueue(queueId, leave);
  }

  async #takePart(): Promise<void> {
    this.#visit = new AbortController();
    const { signal } = this.#visit;
    if (this.#tabs) await this.#tabs.join(signal);
    else await this.#reader.run(this.#abort.signal, signal);
  }

  #receive(update: Update, isLeading: boolean): void {
    const { journal, pacer } = this.#context;
    if (update.kind === 'poll') {
      pacer.sent();
      pacer.succeeded();
    }
    if (update.kind === 'failed') {
      if (isLeading) return; // the last poll of a tab that polled before
      pacer.failedElsewhere(update.retryIn ?? 0, update.isHeld);
    }
    if (isLeading && update.kind === 'reading') {
      // It may be older than this tab's own reading, so the leading tab reads again.
      journal.apply({ kind: 'doubt', connectionId: update.connectionId });
      pacer.request();
    } else this.#apply(update);
  }

  /** Another tab has sent its whole state. */
  #adopt(state: SharedState): void {
    const { journal, pacer } = this.#context;
    if (this.#hasEnded) return;
    const isUnknownThere = (id: string): boolean => state.connections.every((known) => known.id !== id);
    const unknownThere = journal.connections.ids.filter(isUnknownThere);
    journal.apply({ kind: 'adopted', state });
    this.#queueOfOthers = undefined; // it shares again
    const { failure } = state;
    if (failure) pacer.failedElsewhere(failure.retryIn ?? 0, failure.isHeld);
    else pacer.succeeded();
    // The page tracked these before this tab joined.
    for (const connectionId of unknownThere) this.report({ kind: 'track', connectionId });
    if (unknownThere.length) this.requestPoll();
    this.#afterUpdate();
  }

  #apply(update: Update): void {
    const { journal } = this.#context;
    if (!this.#hasEnded) journal.apply(update);
    else if (update.kind === 'poll' && update.events.length) journal.apply({ kind: 'cut', wasCut: true });
    this.#afterUpdate();
  }

  #afterUpdate(): void {
    const { journal, changed } = this.#context;
    if (journal.queue.queueId && journal.queue.isProven) this.#setStarted();
    this.#save();
    changed();
  }

  #save(): void {
    const { journal, store } = this.#context;
    const { queueId, askedAt, wasCut } = journal.queue;
    // After the end, only a loss of events is still stored.
    if (queueId === undefined || (this.#hasEnded && !wasCut)) return;
    store.save({
      queueId,
      connectionIds: journal.connections.ids,
      askedAt: Date.now() - now() + askedAt,
      isReading: this.#reader.isReading || wasCut,
    });
  }
}
