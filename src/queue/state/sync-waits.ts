import { onAbort } from '../../abort.ts';
import { checkCall, fieldsOf, invalidCall, isFunction, isNonEmptyString, isSignal } from '../../check.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { startTimer } from '../../start-timer.ts';
import { checkOptionNames, type NamesOf } from '../../text/known-names.ts';
import { inNextTask, isTimeLimit, TIME_LIMIT } from '../../time.ts';
import type { ConnectionState, RequiredAction } from './connection-state.ts';
import { endOf } from './connections.ts';
import type { KnownConnection } from './known-connection.ts';
import type { ChangeSource } from './poller-terms.ts';
import { endsLater, type SyncIds } from './sync-count.ts';

/** The options of {@link QueuePoller.whenSynced}. */
export interface SyncOptions {
  /**
   * What has happened before does not count. In unix seconds: a synchronisation that ended before then. Or the outcome of an
   * earlier call for the same connection, or a copy of it: it waits for another one, so that a loop can follow each
   * synchronisation.
   *
   * @default none
   */
  readonly after?: number | SyncOutcome | undefined;
  /** In ms. @default none */
  readonly timeout?: number | undefined;
  /** Ends the wait, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: NamesOf<SyncOptions> = { after: true, timeout: true, signal: true };

/** How a synchronisation ended, or why it cannot go on without the user. */
export interface SyncOutcome {
  /** `action`: the user has to do something, now or at the end. `partial` and `failed`: as the server says of the connection. */
  readonly result: 'success' | 'partial' | 'failed' | 'action';
  /** Its status, the status of each channel, and the action of each channel. */
  readonly connection: ConnectionState;
  /** What the user has to do; undefined if nothing. */
  readonly action: RequiredAction | undefined;
  /** Whether an event brought it, or a reading of the connection. */
  readonly source: ChangeSource;
  /** Names the synchronisation in this poller. All outcomes of one have the same; it says nothing else. */
  readonly syncId: string;
}

interface Wait extends StartedRequest {
  /** In unix seconds. */
  readonly after: number;
  /** The outcome that the page has. Not needed any more once another synchronisation runs. */
  last: SyncOutcome | undefined;
  resolve(outcome: SyncOutcome): void;
  reject(error: unknown): void;
}

/** The calls that wait for the end of a synchronisation. */
export class SyncWaits {
  readonly #waits = new Set<Wait>();
  /** The states that pages have got as outcomes. */
  readonly #given = new WeakSet<ConnectionState>();

  get size(): number {
    return this.#waits.size;
  }

  /**
   * Resolves at once if the connection is known to have ended; in the next task, if a page has got this outcome before: a page that
   * asks again and again must not stand still. Rejects with `TIMEOUT`, with the signal's reason, or with the error of
   * {@link SyncWaits.rejectAll}.
   *
   * @param onOpen Is called if the outcome is not known yet.
   */
  add(
    known: KnownConnection,
    request: StartedRequest,
    options: SyncOptions,
    onOpen: () => void = () => {},
  ): Promise<SyncOutcome> {
    const { after, last, timeout, signal } = readOptions(options, known.id);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const outcome = outcomeOf(known, { after, last });
    if (outcome) return this.#giveNow(outcome);
    const waiting = this.#wait(known, { ...request, after, last }, timeout, signal);
    onOpen();
    return waiting;
  }

  async #giveNow(outcome: SyncOutcome): Promise<SyncOutcome> {
    if (this.#given.has(outcome.connection)) await new Promise<void>(inNextTask);
    this.#given.add(outcome.connection);
    return outcome;
  }

  #wait(
    known: KnownConnection,
    wanted: Omit<Wait, 'resolve' | 'reject'>,
    timeout: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<SyncOutcome> {
    return new Promise((resolve, reject) => {
      let unsubscribe: (() => void) | undefined;
      const settle = (run: () => void): void => {
        this.#waits.delete(wait);
        clearTimeout(timer);
        unsubscribe?.();
        run();
      };
      const timeOut = (): void => {
        const message = `No end of the synchronisation in ${timeout} ms`;
        wait.reject(requestError('TIMEOUT', message, wait, { timeout: timeout ?? 0 }));
      };
      const timer = timeout === undefined ? undefined : startTimer(timeOut, timeout);
      const wait: Wait = {
        ...wanted,
        resolve: (outcome) => settle(() => resolve(outcome)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#waits.add(wait);
      unsubscribe = onAbort(signal, () => wait.reject(signal?.reason));
      this.check(known);
    });
  }

  /** Resolves the waits for this connection, if it has ended. */
  check(known: KnownConnection): void {
    const { state } = known;
    for (const wait of this.#waits) {
      if (wait.request.requestId !== known.id) continue;
      if (state?.syncing && !state.action) wait.last = undefined;
      const outcome = outcomeOf(known, wait);
      if (!outcome) continue;
      this.#given.add(outcome.connection);
      wait.resolve(outcome);
    }
  }

  rejectAll(reason: string, cause: unknown): void {
    for (const wait of this.#waits) wait.reject(requestError('DISPOSED', reason, wait, {}, cause));
  }
}

/** How the synchronisation of a connection ended; `undefined` while that is not known, or not what the page waits for. */
function outcomeOf(
  known: KnownConnection,
  { after, last }: Pick<Wait, 'after' | 'last'>,
): SyncOutcome | undefined {
  const { state, isDoubtful, source, syncs } = known;
  if (!state || isDoubtful) return undefined;
  const result = resultOf(state, after);
  if (!result) return undefined;
  const outcome: SyncOutcome = { result, connection: state, action: state.action, source, syncId: syncs.id };
  return last && isSame(outcome, last, syncs) ? undefined : outcome;
}

function resultOf(state: ConnectionState, after: number): SyncOutcome['result'] | undefined {
  const { action, status, syncing } = state;
  if (action && action.since >= after) return 'action';
  if (syncing || status === 'NONE' || endOf(state) < after) return undefined;
  if (action) return 'action';
  if (status === 'SUCCESS') return 'success';
  return status === 'PARTIAL_SUCCESS' ? 'partial' : 'failed';
}

/** Whether two outcomes are of the same synchronisation. The user may still have to do the same, while another channel has ended. */
function isSame(one: SyncOutcome, last: SyncOutcome, syncs: SyncIds): boolean {
  if (one.result !== last.result) return false;
  if (one.action || last.action) return isSameAction(one.action, last.action);
  // An outcome of another page, or of another poller, has no number that means anything here.
  const isOfThisPoller = isNonEmptyString(last.syncId) && syncs.has(last.syncId);
  return isOfThisPoller ? one.syncId === last.syncId : !endsLater(one.connection, last.connection);
}

function isSameAction(one: RequiredAction | undefined, other: RequiredAction | undefined): boolean {
  return (
    one?.type === other?.type &&
    one?.channelDefinitionId === other?.channelDefinitionId &&
    one?.since === other?.since
  );
}

/** No time of today in unix seconds is that large, and each in ms is. */
const FIRST_MS = 1e11;
const AFTER = 'unix seconds, or the outcome of an earlier call';

function readOptions(options: SyncOptions, id: string): Pick<Wait, 'after' | 'last'> & SyncOptions {
  checkOptionNames(options, OPTIONS);
  const { after, timeout, signal } = options ?? {};
  const last = isOutcome(after) ? after : undefined;
  if (last && last.connection.id !== id)
    throw invalidCall('whenSynced after', 'an outcome of the same connection', 'one of another connection');
  const seconds = last || after === undefined ? -Infinity : after;
  const isTime = typeof seconds === 'number' && !Number.isNaN(seconds);
  checkCall(isTime, 'whenSynced after', AFTER, after);
  checkCall(!isTime || seconds < FIRST_MS, 'whenSynced after', `${AFTER}; not milliseconds`, after);
  checkCall(timeout === undefined || isTimeLimit(timeout), 'whenSynced timeout', TIME_LIMIT, timeout);
  checkCall(!signal || isSignal(signal), 'whenSynced signal', 'an AbortSignal', signal);
  return { after: seconds as number, last, timeout, signal };
}

/** A store may have another kind of map in it. As JSON, the channels are lost. */
function isOutcome(value: unknown): value is SyncOutcome {
  const { result, connection } = fieldsOf(value);
  const { channels } = fieldsOf(connection);
  return (
    isNonEmptyString(result) && isFunction((channels as Partial<Map<string, unknown>> | undefined)?.values)
  );
}
