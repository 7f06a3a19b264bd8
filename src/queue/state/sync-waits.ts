import { onAbort } from '../../abort.ts';
import { checkCall, isSignal } from '../../check.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { isTimeLimit, TIME_LIMIT } from '../../time.ts';
import { type ConnectionState, endOf, type RequiredAction } from './connections.ts';
import type { KnownConnection } from './known-connections.ts';
import type { ChangeSource } from './poller-events.ts';

/** The options of {@link QueuePoller.whenSynced}. */
export interface SyncOptions {
  /** Unix seconds: a synchronisation that ended before does not count. */
  readonly after?: number | undefined;
  /** In ms. @default none */
  readonly timeout?: number | undefined;
  /** Ends the wait, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

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
}

interface Wait extends StartedRequest {
  readonly after: number;
  resolve(outcome: SyncOutcome): void;
  reject(error: unknown): void;
}

/** The calls that wait for the end of a synchronisation. */
export class SyncWaits {
  readonly #waits = new Set<Wait>();

  get size(): number {
    return this.#waits.size;
  }

  /**
   * Resolves at once if the connection is known to have ended. Rejects with `TIMEOUT`, with the signal's reason, or with the
   * error of {@link SyncWaits.rejectAll}.
   */
  add(known: KnownConnection, request: StartedRequest, options: SyncOptions): Promise<SyncOutcome> {
    const { after, timeout, signal } = readOptions(options);
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
      const timer = timeout === undefined ? undefined : setTimeout(timeOut, timeout);
      const wait: Wait = {
        ...request,
        after,
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
    for (const wait of this.#waits) {
      const outcome = wait.request.requestId === known.id && outcomeOf(known, wait.after);
      if (outcome) wait.resolve(outcome);
    }
  }

  rejectAll(reason: string, cause: unknown): void {
    for (const wait of this.#waits) wait.reject(requestError('DISPOSED', reason, wait, {}, cause));
  }
}

/** How the synchronisation of a connection ended; `undefined` while that is not known. */
function outcomeOf({ state, isDoubtful, source }: KnownConnection, after: number): SyncOutcome | undefined {
  if (!state || isDoubtful) return undefined;
  const { action, status, syncing } = state;
  const outcome = { connection: state, action, source };
  if (action && action.since >= after) return { result: 'action', ...outcome };
  if (syncing || status === 'NONE' || endOf(state) < after) return undefined;
  if (action) return { result: 'action', ...outcome };
  if (status === 'SUCCESS') return { result: 'success', ...outcome };
  return { result: status === 'PARTIAL_SUCCESS' ? 'partial' : 'failed', ...outcome };
}

function readOptions({ after = -Infinity, timeout, signal }: SyncOptions): { after: number } & SyncOptions {
  const isTime = typeof after === 'number' && !Number.isNaN(after);
  checkCall(isTime, 'whenSynced after', 'unix seconds', after);
  checkCall(timeout === undefined || isTimeLimit(timeout), 'whenSynced timeout', TIME_LIMIT, timeout);
  checkCall(!signal || isSignal(signal), 'whenSynced signal', 'an AbortSignal', signal);
  return { after, timeout, signal };
}
