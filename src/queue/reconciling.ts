import type { AnyBanksideError } from '../errors.ts';
import { now } from '../time.ts';
import type { Pacer } from './pace/pacer.ts';
import { retryGap, type Schedule } from './pace/schedule.ts';
import type { QueueApi } from './server/queue-api.ts';
import { canRetry, type QueueFailure } from './server/queue-failure.ts';
import type { ServerClock } from './server/server-clock.ts';
import type { Journal } from './state/journal.ts';
import type { KnownConnection } from './state/known-connection.ts';
import type { PollerEvents } from './state/poller-events.ts';
import type { GapReason } from './state/poller-terms.ts';
import type { Update } from './state/update.ts';

/** What reconciling needs of the session. */
export interface ReconcilingContext {
  readonly settings: { readonly schedule: Schedule };
  readonly api: QueueApi;
  readonly clock: ServerClock;
  readonly journal: Journal;
  readonly pacer: Pacer;
  /** Applies an update, here and in the other tabs. Returns false if it could not be sent to those. */
  report(update: Update): boolean;
  emitFailure(failure: PollerEvents['failure']): void;
}

interface ReadResult {
  readonly known: KnownConnection;
  readonly failure?: QueueFailure;
}

/** A connection that could not be read. */
interface FailedRead extends QueueFailure {
  readonly known: KnownConnection;
  readonly error: AnyBanksideError;
}

/** How many connections are read at once. */
const READS_AT_ONCE = 5;

/** Reports gaps in the events, and reads the connections whose state is then in doubt. */
export class Reconciling {
  readonly #context: ReconcilingContext;
  /** The gaps that are reported and not closed yet. */
  readonly #gaps = new Set<GapReason>();

  constructor(context: ReconcilingContext) {
    this.#context = context;
  }

  /**
   * Reports that events may be lost: once for each reason, until the gap is closed.
   *
   * @param since When nothing was lost yet. @default when the queue was read last
   */
  reportGap(reason: GapReason, since: number = this.#context.journal.queue.soundAt): void {
    if (this.#gaps.has(reason)) return;
    this.#gaps.add(reason);
    this.#context.report({ kind: 'gap', reason, since });
  }

  /**
   * Reads the connections that need it. Those that fail are tried again later.
   *
   * @returns The failure after which retrying will not help, if there is one.
   */
  async run(signal: AbortSignal, leave: AbortSignal): Promise<QueueFailure | undefined> {
    const { journal, pacer, settings } = this.#context;
    const untried = journal.chooseReads(pacer.isClose, settings.schedule);
    const connectionIds: string[] = [];
    const failed: FailedRead[] = [];
    while (untried.length) {
      if (leave.aborted) return undefined;
      const batch = untried.splice(0, READS_AT_ONCE);
      const results = await Promise.all(batch.map((known) => this.#read(known, signal)));
      if (signal.aborted) return undefined;
      for (const { known, failure } of results) {
        if (!failure) connectionIds.push(known.id);
        else if (canRetry(failure.error)) failed.push({ ...failure, known, error: failure.error });
        else return failure;
      }
      // A failed read does not delay the others. If a whole batch fails, the rest is not tried.
      if (results.every(({ failure }) => failure)) break;
    }
    this.#finish(connectionIds, failed, untried, signal);
    return undefined;
  }

  #finish(
    connectionIds: readonly string[],
    failed: readonly FailedRead[],
    untried: readonly KnownConnection[],
    signal: AbortSignal,
  ): void {
    const closesGap = this.#gaps.size > 0 && failed.length === 0;
    if (connectionIds.length || closesGap) this.#context.report({ kind: 'reconciled', connectionIds });
    if (signal.aborted) return;
    if (failed.length) this.#postpone(failed, untried);
    else this.#gaps.clear();
  }

  async #read(known: KnownConnection, signal: AbortSignal): Promise<ReadResult> {
    const { api, clock, report } = this.#context;
    const from = clock.now();
    const { value: connection, failure } = await api.connection(known.id, signal);
    if (failure) return { known, failure };
    this.#gaps.clear(); // a loss from now on is not covered by this reading
    report({ kind: 'reading', connectionId: known.id, connection, from, to: clock.now() });
    return { known };
  }

  /** Tries all of them again at the same time. */
  #postpone(failed: readonly FailedRead[], untried: readonly KnownConnection[]): void {
    const { journal, pacer, emitFailure } = this.#context;
    const attempts = Math.min(...failed.map(({ known }) => known.failedReads + 1));
    const retryAfter = Math.max(...failed.map((read) => read.retryAfter));
    const gap = retryGap(attempts, retryAfter, Math.random());
    if (retryAfter) pacer.hold(gap);
    journal.apply({
      kind: 'unread',
      failed: failed.map(({ known }) => known.id),
      untried: untried.map(({ id }) => id),
      notBefore: now() + gap,
    });
    for (const { error } of failed) emitFailure({ error, retryIn: Math.max(gap, pacer.due - now()) });
  }
}
