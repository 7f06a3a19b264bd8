import { attempt } from '../check.ts';
import { type AnyBanksideError, isBanksideError } from '../errors.ts';
import { invalidResponse, type StartedRequest } from '../http/request-error.ts';
import { RecentIds } from '../text/recent-ids.ts';
import { stringify } from '../text/stringify.ts';
import { now } from '../time.ts';
import { QUEUE_LIFE, retryGap } from './pace/schedule.ts';
import type { PollerContext } from './poller-context.ts';
import { type QueueEvent, queueEventSchema } from './server/events.ts';
import { retryAfterOf } from './server/queue-api.ts';
import { startQueueRequest } from './server/queue-request.ts';
import { readBy } from './server/read-by.ts';
import type { KnownConnection } from './state/known-connections.ts';
import type { GapReason } from './state/poller-events.ts';
import type { Finding } from './state/update.ts';
import { claimQueue } from './tabs/claim-queue.ts';

/** What the polling needs of the session that it is a part of. */
export interface PollingContext extends PollerContext {
  /** Takes a finding in, here and in the other tabs. Returns whether those can hear it. */
  tell(finding: Finding): boolean;
}

/** A connection that could not be read. */
type Failure = readonly [known: KnownConnection, error: AnyBanksideError];

/** How many connections are read at once. */
const READS_AT_ONCE = 5;
/** What an answer must be, for errors. */
const EVENT_FORM = 'events with an id, an event_type, and a resource that is a connection';
/** Statuses of a server that asks to be left alone, and has done nothing. */
const DID_NOTHING = [429, 503];
const FINAL = /^(UNAUTHORIZED|INVALID_OPTIONS|ABORTED)$/;

/**
 * Polls a user's queue, in the one tab that does:
 *
 * 1. finds a queue: the one at hand, one that an earlier page left, or a new one;
 * 2. reads it when it is time;
 * 3. reads the connections that are in doubt;
 * 4. after a failure waits, and goes on, unless time alone mends nothing.
 */
export class Polling {
  readonly #context: PollingContext;
  #failures = 0;
  /** Queues in a row that were gone before they were read. */
  #expiries = 0;
  /** The gaps that were told, and are not mended yet. */
  readonly #gaps = new Set<GapReason>();
  readonly #malformed = new RecentIds(100);
  #isPolling = false;

  constructor(context: PollingContext) {
    this.#context = context;
  }

  /** Whether a read is under way, the events of which are lost if it ends now. */
  get isReading(): boolean {
    return this.#isPolling && this.#context.api.wasSent;
  }

  /**
   * Polls until `leave` aborts, and lets a request that is under way land; `signal` ends that too. Rejects
   * with what time does not mend.
   *
   * @param isTakeover Whether another tab has polled until now: it may have been cut off in a read.
   */
  async run(signal: AbortSignal, leave: AbortSignal, isTakeover: boolean): Promise<void> {
    const { journal, pacer } = this.#context;
    if (isTakeover || (journal.wasCut && journal.queueId)) this.#doubt('aborted');
    journal.wasCut = false;
    await this.#resume(leave);
    pacer.ask();
    while (!leave.aborted) {
      if (await pacer.wait(leave)) this.#doubt('woken');
      if (leave.aborted) return;
      try {
        await this.#turn(signal, leave);
      } catch (error) {
        if (signal.aborted) return;
        this.#recover(error, signal);
      }
    }
  }

  /** Finds the queue that this page, or an earlier one, has been reading. */
  async #resume(leave: AbortSignal): Promise<void> {
    const { givenQueueId, store, journal, tell } = this.#context;
    if (journal.queueId) {
      if ((await this.#claim(journal.queueId, leave)) || leave.aborted) return;
      // Another tab has taken it up in the meantime, and with it the events.
      journal.queueId = undefined;
      this.#doubt('aborted');
      return;
    }
    const stored = store.load();
    for (const connectionId of stored?.connectionIds ?? []) tell({ kind: 'track', connectionId });
    const age = stored ? Date.now() - stored.askedAt : 0;
    const isAlive = age <= QUEUE_LIFE;
    const queueId = givenQueueId ?? (isAlive ? stored?.queueId : undefined);
    if (stored) journal.soundAt = Math.floor(stored.askedAt / 1000);
    if (!isAlive) this.#doubt('expired');
    if (!queueId || !(await this.#claim(queueId, leave))) return;
    journal.askedAt = now() - (queueId === stored?.queueId ? age : 0);
    tell({ kind: 'queue', queueId, isNew: false });
    if (stored?.isReading) this.#doubt('aborted');
  }

  /** Tabs that share have one reader anyway. */
  #claim(queueId: string, leave: AbortSignal): Promise<boolean> | true {
    return this.#context.settings.share || claimQueue(queueId, leave);
  }

  async #turn(signal: AbortSignal, leave: AbortSignal): Promise<void> {
    const { journal, pacer, become } = this.#context;
    if (now() - journal.askedAt > QUEUE_LIFE) this.#expire();
    if (leave.aborted) return;
    pacer.sent();
    if (!journal.queueId) {
      become('subscribing');
      await this.#subscribe(signal, leave);
      if (leave.aborted) return;
    }
    become('polling');
    await this.#poll(journal.queueId ?? '', signal);
    await this.#reconcile(signal, leave);
  }

  async #subscribe(signal: AbortSignal, leave: AbortSignal): Promise<void> {
    const { api, tell } = this.#context;
    const queueId = await api.subscribe(signal);
    await this.#claim(queueId, leave);
    tell({ kind: 'queue', queueId, isNew: true });
  }

  async #poll(queueId: string, signal: AbortSignal): Promise<void> {
    const { clock, tell } = this.#context;
    const sent = startQueueRequest('poll', queueId);
    const answer = await this.#read(queueId, signal);
    this.#failures = 0;
    this.#expiries = 0;
    const events = this.#readEvents(answer, sent);
    const { isSure } = clock;
    const duration = now() - sent.started;
    // What the other tabs cannot hear, they have lost.
    if (!tell({ kind: 'poll', queueId, events, at: clock.now(), isSure, duration })) this.#doubt('truncated');
  }

  async #read(queueId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const { api, journal } = this.#context;
    this.#isPolling = true;
    try {
      return await api.read(queueId, signal);
    } catch (error) {
      if (api.wasSent && signal.aborted) journal.wasCut = true;
      else if (api.wasSent) this.#doubtAfter(error);
      throw error;
    } finally {
      this.#isPolling = false;
    }
  }

  /** One that does not fit is reported once, and does not lose its neighbours. */
  #readEvents(answer: readonly unknown[], sent: StartedRequest): QueueEvent[] {
    const events: QueueEvent[] = [];
    const misfits: string[] = [];
    answer.forEach((value, place) => {
      const { data, misfit } = readBy(queueEventSchema, value);
      if (data) events.push(data);
      else if (this.#isNews(value)) misfits.push(`${place}: ${misfit}`);
    });
    if (misfits.length) {
      const received = `${misfits.length} of ${answer.length} that do not fit (${misfits.slice(0, 3).join('; ')})`;
      this.#doubt('truncated'); // first, as who hears of the failure may stop the poller
      this.#context.failed(invalidResponse('answer', sent, EVENT_FORM, received), undefined);
    }
    return events;
  }

  /** Whether an event that does not fit has not come before. */
  #isNews(value: unknown): boolean {
    // Nested so deep that it can't be written again, it is as good as any other.
    const text = attempt(() => stringify(value)) ?? '';
    const isNews = !this.#malformed.has(text);
    this.#malformed.add(text);
    return isNews;
  }

  async #reconcile(signal: AbortSignal, leave: AbortSignal): Promise<void> {
    const { journal, pacer, settings, tell } = this.#context;
    const rest = journal.connections.toRead(pacer.isClose, settings.schedule);
    const connectionIds: string[] = [];
    const failures: Failure[] = [];
    while (rest.length) {
      if (leave.aborted) return;
      const some = rest.splice(0, READS_AT_ONCE);
      const errors = await Promise.all(
        some.map(({ id }) => this.#look(id, signal).catch((error: unknown) => error)),
      );
      if (signal.aborted) return;
      some.forEach((known, index) => {
        const error = errors[index];
        if (!error) connectionIds.push(known.id);
        else if (canBeMended(error)) failures.push([known, error]);
        else throw error;
      });
      // One that can't be read keeps none of the others waiting; but all of them need not try in vain.
      if (errors.every(Boolean)) break;
    }
    if (connectionIds.length || (this.#gaps.size && !failures.length))
      tell({ kind: 'reconciled', connectionIds });
    if (signal.aborted) return;
    if (failures.length) this.#postpone(failures, rest);
    else this.#gaps.clear();
  }

  async #look(connectionId: string, signal: AbortSignal): Promise<void> {
    const { api, clock, tell } = this.#context;
    const from = clock.now();
    const connection = await api.connection(connectionId, signal);
    this.#gaps.clear(); // what is lost from now on, this reading does not mend
    tell({ kind: 'reading', connectionId, connection, from, to: clock.now() });
  }

  /** Tries connections again that could not be read, all at one time, and with them those that were not tried. */
  #postpone(failures: readonly Failure[], untried: readonly KnownConnection[]): void {
    const { pacer, failed } = this.#context;
    const counts = failures.map(([known]) => ++known.failedReads);
    const retryAfter = Math.max(...failures.map(([, error]) => retryAfterOf(error)));
    const gap = retryGap(Math.min(...counts), retryAfter, Math.random());
    if (retryAfter) pacer.hold(gap);
    for (const known of untried) known.notBefore = now() + gap;
    for (const [known, error] of failures) {
      known.notBefore = now() + gap;
      failed(error, Math.max(gap, pacer.due - now()));
    }
  }

  /** Goes on after a failure, at once or later. */
  #recover(error: unknown, signal: AbortSignal): void {
    const { journal, pacer, failed } = this.#context;
    if (isBanksideError(error, 'ABORTED')) return; // paused on the way
    if (!canBeMended(error)) throw error;
    const isForeign = statusOf(error) === 403 && journal.queueId && !journal.isProven;
    if (error.code === 'QUEUE_EXPIRED' || isForeign) {
      this.#expire();
      if (signal.aborted) return;
      this.#expiries += 1;
      if (this.#expiries === 1) {
        pacer.again();
        return;
      }
    }
    failed(error, pacer.failed(++this.#failures, retryAfterOf(error)));
  }

  #expire(): void {
    const { journal, tell } = this.#context;
    const { queueId } = journal;
    if (!queueId) return;
    tell({ kind: 'expired', queueId });
    this.#doubt('expired');
  }

  #doubtAfter(error: unknown): void {
    if (!isBanksideError(error)) return;
    if (error.code === 'INVALID_RESPONSE') this.#doubt('truncated');
    const status = statusOf(error);
    const hasFailed = status >= 500 && !DID_NOTHING.includes(status);
    if (hasFailed || /^(NETWORK|TIMEOUT)$/.test(error.code)) this.#doubt('network');
  }

  /** Tells once of each kind of loss, until what was lost is mended. */
  #doubt(reason: GapReason): void {
    if (this.#gaps.has(reason)) return;
    this.#gaps.add(reason);
    const { journal, tell } = this.#context;
    tell({ kind: 'gap', reason, since: journal.soundAt });
  }
}

/** Whether time alone may mend it. */
function canBeMended(error: unknown): error is AnyBanksideError {
  if (!isBanksideError(error) || FINAL.test(error.code)) return false;
  const { type } = error.details as { readonly type?: string };
  return !(type === 'subscribe' && (error.code === 'INVALID_RESPONSE' || statusOf(error) === 400));
}

/** The error status that the server answered with; NaN without one. */
function statusOf(error: AnyBanksideError): number {
  return error.code === 'HTTP' ? error.details.status : NaN;
}
