import { attempt } from '../check.ts';
import { isBanksideError } from '../errors.ts';
import { invalidResponse, type StartedRequest } from '../http/request-error.ts';
import { RecentIds } from '../text/recent-ids.ts';
import { stringify } from '../text/stringify.ts';
import { now } from '../time.ts';
import { QUEUE_LIFE } from './pace/schedule.ts';
import type { PollerSettings } from './poller-options.ts';
import { Reconciling, type ReconcilingContext } from './reconciling.ts';
import { type QueueEvent, queueEventSchema } from './server/events.ts';
import { canRetry, type QueueFailure, statusOf } from './server/queue-failure.ts';
import { startQueueRequest } from './server/queue-request.ts';
import { readBy } from './server/read-by.ts';
import type { PollerStatus } from './state/poller-terms.ts';
import type { QueueStore } from './tabs/queue-store.ts';
import type { LeadBefore } from './tabs/tab-group-host.ts';

/** What the reader needs of the session. */
export interface ReaderContext extends ReconcilingContext {
  readonly settings: PollerSettings;
  readonly store: QueueStore;
  /** The queue that the page got for this user elsewhere. */
  readonly givenQueueId: string | undefined;
  setStatus(status: PollerStatus): void;
  /** Makes sure that no other page reads this queue. Resolves with false if one does. */
  claim(queueId: string, leave: AbortSignal): Promise<boolean>;
  /** Tells the user's other tabs that a read begins, or has ended. Not that it was cut off: they report the loss. */
  announceRead(isUnderWay: boolean): void;
}

/** What an answer must be, for errors. */
const EVENT_FORM = 'events with an id, an event_type, and a resource that is a connection';
/** A poll that fails takes no more than this many times the timeout: a subscription, a token and the read. */
const LONGEST_POLL = 3;
/** A server that answers a read with one of these has not removed events from the queue. */
const NOTHING_REMOVED: ReadonlySet<number> = new Set([429, 503]);

/**
 * Reads a user's queue, in the one tab that does:
 *
 * 1. finds the queue: the known one, one that an earlier page has stored, or a new one;
 * 2. reads it whenever a poll is due;
 * 3. reads the connections that are in doubt;
 * 4. after a failure, goes on later, unless retrying will not help.
 */
export class QueueReader {
  readonly #context: ReaderContext;
  readonly #reconciling: Reconciling;
  #failures = 0;
  /** How many queues in a row were gone before they were read. */
  #expiries = 0;
  readonly #malformed = new RecentIds(100);
  #isReading = false;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#reconciling = new Reconciling(context);
  }

  /** Whether a read is in flight. If the page ends now, its events are lost. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /**
   * Polls until `leave` aborts, and then finishes the request in flight. `signal` aborts that request too. Rejects with an error
   * after which retrying will not help.
   *
   * @param before What is known of another tab that polled until now.
   */
  async run(signal: AbortSignal, leave: AbortSignal, before?: LeadBefore): Promise<void> {
    const { journal, pacer, setStatus } = this.#context;
    const { wasCut, queueId, soundAt } = journal.queue;
    const isReported = before?.isBehind || (wasCut && queueId !== undefined);
    if (isReported) this.#reconciling.reportGap('aborted');
    before?.cut.then((cut) => {
      // What was cut off before is part of the gap that is reported already.
      if (cut === 'none' || (cut === 'before' && isReported) || leave.aborted) return;
      this.#reconciling.reportGap('aborted', soundAt);
      pacer.request(); // the connections are read after the next poll
    });
    journal.apply({ kind: 'cut', wasCut: false });
    await this.#findQueue(leave);
    if (!leave.aborted) setStatus(journal.queue.queueId ? 'polling' : 'subscribing');
    pacer.request();
    while (!leave.aborted) {
      if (await pacer.wait(leave)) {
        this.#reconciling.reportGap('woken');
        this.revive();
        pacer.request(); // due at once, unless the server has asked for a pause
        continue;
      }
      if (leave.aborted) return;
      const failure = await this.#poll(signal, leave);
      if (signal.aborted) return;
      if (failure) this.#retryLater(failure, signal);
    }
  }

  /** The page is used again, or awake: how often polls and reads have failed before does not count any more. */
  revive(): void {
    this.#failures = 0;
    this.#context.journal.apply({ kind: 'revived' });
  }

  /** Finds the queue that this page, or an earlier one, has been reading. */
  async #findQueue(leave: AbortSignal): Promise<void> {
    const { journal } = this.#context;
    const { queueId } = journal.queue;
    if (!queueId) {
      await this.#restoreQueue(leave);
      return;
    }
    if ((await this.#context.claim(queueId, leave)) || leave.aborted) return;
    journal.apply({ kind: 'queueTaken' });
    this.#reconciling.reportGap('aborted');
  }

  async #restoreQueue(leave: AbortSignal): Promise<void> {
    const { givenQueueId, store, journal, claim, report } = this.#context;
    const stored = store.load();
    for (const connectionId of stored?.connectionIds ?? []) report({ kind: 'track', connectionId });
    const age = stored ? Date.now() - stored.askedAt : 0;
    const isAlive = age <= QUEUE_LIFE;
    const queueId = givenQueueId ?? (isAlive ? stored?.queueId : undefined);
    const askedAgo = queueId === stored?.queueId ? age : 0;
    const soundAt = stored && Math.floor(stored.askedAt / 1000);
    journal.apply({ kind: 'restored', soundAt, askedAgo });
    if (!isAlive) this.#reconciling.reportGap('expired');
    if (!queueId || !(await claim(queueId, leave))) return;
    report({ kind: 'queue', queueId, isNew: false });
    if (stored?.isReading) this.#reconciling.reportGap('aborted');
  }

  /** Gets a queue if there is none, reads it, and then the connections that are in doubt. */
  async #poll(signal: AbortSignal, leave: AbortSignal): Promise<QueueFailure | undefined> {
    const { journal, pacer, setStatus } = this.#context;
    if (now() - journal.queue.askedAt > QUEUE_LIFE) this.#reportExpiry();
    if (leave.aborted) return undefined;
    pacer.sent();
    if (!journal.queue.queueId) {
      setStatus('subscribing');
      const failure = await this.#subscribe(signal, leave);
      if (failure || leave.aborted) return failure;
    }
    setStatus('polling');
    const failure = await this.#readQueue(journal.queue.queueId ?? '', signal);
    return failure ?? this.#reconciling.run(signal, leave);
  }

  async #subscribe(signal: AbortSignal, leave: AbortSignal): Promise<QueueFailure | undefined> {
    const { api, claim, report } = this.#context;
    const { value: queueId, failure } = await api.subscribe(signal);
    if (failure) return failure;
    await claim(queueId, leave);
    report({ kind: 'queue', queueId, isNew: true });
    return undefined;
  }

  async #readQueue(queueId: string, signal: AbortSignal): Promise<QueueFailure | undefined> {
    const { api, announceRead, clock, pacer, report } = this.#context;
    const sent = startQueueRequest('poll', queueId);
    const { value: answer, failure } = await api.read(queueId, signal, (isSent) => {
      this.#isReading = isSent;
      announceRead(isSent);
    });
    if (failure) {
      const isLost = failure.wasSent && signal.aborted;
      this.#reportLoss(failure, signal);
      this.#isReading = false;
      if (!isLost) announceRead(false);
      return failure;
    }
    this.#isReading = false;
    this.#failures = 0;
    this.#expiries = 0;
    pacer.succeeded();
    const events = this.#readEvents(answer, sent);
    const duration = now() - sent.started;
    const isSent = report({ kind: 'poll', queueId, events, at: clock.now(), duration });
    if (!isSent) this.#reconciling.reportGap('truncated'); // the other tabs have lost these events
    announceRead(false);
    return undefined;
  }

  /** Events are lost if the server has removed them from the queue, and its answer did not arrive. */
  #reportLoss({ error, wasSent }: QueueFailure, signal: AbortSignal): void {
    if (!wasSent) return;
    if (signal.aborted) this.#context.journal.apply({ kind: 'cut', wasCut: true });
    else if (isBanksideError(error, 'INVALID_RESPONSE')) this.#reconciling.reportGap('truncated');
    else if (mayHaveRemoved(error)) this.#reconciling.reportGap('network');
  }

  /** Reports a malformed event once, and keeps the others. */
  #readEvents(answer: readonly unknown[], sent: StartedRequest): QueueEvent[] {
    const events: QueueEvent[] = [];
    const problems: string[] = [];
    answer.forEach((value, index) => {
      const { data, problem } = readBy(queueEventSchema, value);
      if (data) events.push(data);
      else if (this.#isNewMalformed(value)) problems.push(`${index}: ${problem}`);
    });
    if (problems.length) {
      const received = `${problems.length} of ${answer.length} that do not fit (${problems.slice(0, 3).join('; ')})`;
      this.#reconciling.reportGap('truncated'); // first, since a handler of the failure may stop the poller
      const error = invalidResponse('answer', sent, EVENT_FORM, received);
      this.#context.emitFailure({ error, retryIn: undefined });
    }
    return events;
  }

  /** Whether a malformed event has not come before. */
  #isNewMalformed(value: unknown): boolean {
    // A value that is nested too deep for JSON counts as an empty string.
    const text = attempt(() => stringify(value)) ?? '';
    const isNew = !this.#malformed.has(text);
    this.#malformed.add(text);
    return isNew;
  }

  #retryLater({ error, retryAfter }: QueueFailure, signal: AbortSignal): void {
    const { journal, pacer, settings, report } = this.#context;
    if (isBanksideError(error, 'ABORTED')) return; // it was paused meanwhile
    if (!canRetry(error)) throw error;
    const { queueId, isProven } = journal.queue;
    const isForeign = statusOf(error) === 403 && queueId && !isProven;
    if (error.code === 'QUEUE_EXPIRED' || isForeign) {
      this.#reportExpiry();
      if (signal.aborted) return;
      this.#expiries += 1;
      if (this.#expiries === 1) {
        pacer.requestAgain();
        return;
      }
    }
    // If the machine slept during this poll, it has failed for that reason.
    if (pacer.hasSlept(LONGEST_POLL * settings.timeout)) this.revive();
    this.#failures += 1;
    const retryIn = pacer.failed(this.#failures, retryAfter);
    report({ kind: 'failed', error, retryIn, isHeld: retryAfter > 0 });
  }

  #reportExpiry(): void {
    const { journal, report } = this.#context;
    const { queueId } = journal.queue;
    if (!queueId) return;
    report({ kind: 'expired', queueId });
    this.#reconciling.reportGap('expired');
  }
}

/** Whether the server may have removed events from the queue before the read failed. */
function mayHaveRemoved(error: unknown): boolean {
  if (isBanksideError(error, 'HTTP')) {
    const { status } = error.details;
    return status >= 500 && !NOTHING_REMOVED.has(status);
  }
  return isBanksideError(error, 'NETWORK') || isBanksideError(error, 'TIMEOUT');
}
