import { onAbort } from '../../abort.ts';
import { checkCall, isSignal } from '../../check.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { isTimeLimit, TIME_LIMIT } from '../../time.ts';
import { startQueueRequest } from '../server/queue-request.ts';
import { type ConnectionState, endOf, type RequiredAction } from './connections.ts';
import type { KnownConnection } from './known-connections.ts';
import type { ChangeSource } from './poller-events.ts';

/** What a page may say of a wait for the end of a synchronisation. */
export interface SyncOptions {
  /** Unix seconds: a synchronisation that ended before is not the one that is waited for. */
  readonly after?: number | undefined;
  /** In ms. @default for ever */
  readonly timeout?: number | undefined;
  /** Ends the wait: it rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** How a synchronisation ended, or why it can't go on without the user. */
export interface SyncOutcome {
  /**
   * `action`: the user owes something, now or at the end. `partial` and `failed`: as the server says of the
   * connection.
   */
  readonly result: 'success' | 'partial' | 'failed' | 'action';
  /** Its status, what each channel gave, and each channel's action. */
  readonly connection: ConnectionState;
  /** What the user owes; undefined if nothing. */
  readonly action: RequiredAction | undefined;
  /** Whether an event told it, or a look at the connection. */
  readonly source: ChangeSource;
}

interface Wait extends StartedRequest {
  readonly after: number;
  resolve(outcome: SyncOutcome): void;
  reject(error: unknown): void;
}

/** Those who wait for the end of a synchronisation. */
export class SyncWaits {
  readonly #waits = new Set<Wait>();

  get size(): number {
    return this.#waits.size;
  }

  /**
   * Resolves at once if the connection is known to have ended. Rejects with `TIMEOUT`, with the signal's
   * reason, or with what {@link SyncWaits.rejectAll} is given.
   */
  add(known: KnownConnection, options: SyncOptions): Promise<SyncOutcome> {
    const { after, timeout, signal } = readOptions(options);
    return new Promise((resolve, reject) => {
      let letGo: (() => void) | undefined;
      const settle = (how: () => void): void => {
        this.#waits.delete(wait);
        clearTimeout(timer);
        letGo?.();
        how();
      };
      const timeOut = (): void => {
        const message = `No end of the synchronisation in ${timeout} ms`;
        wait.reject(requestError('TIMEOUT', message, wait, { timeout: timeout ?? 0 }));
      };
      const timer = timeout === undefined ? undefined : setTimeout(timeOut, timeout);
      const wait: Wait = {
        ...startQueueRequest('whenSynced', known.id),
        after,
        resolve: (outcome) => settle(() => resolve(outcome)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#waits.add(wait);
      letGo = onAbort(signal, () => wait.reject(signal?.reason));
      this.check(known);
    });
  }

  /** Ends the waits for this connection, if it has ended. */
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

/** What has come of a connection; undefined while that is open. */
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

function readOptions(options: SyncOptions): { after: number } & SyncOptions {
  const { after = -Infinity, timeout, signal } = options;
  checkArgument(typeof after === 'number' && !Number.isNaN(after), 'after', 'unix seconds', after);
  checkArgument(timeout === undefined || isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkArgument(!signal || isSignal(signal), 'signal', 'an AbortSignal', signal);
  return { after, timeout, signal };
}

function checkArgument(fits: boolean, option: string, expected: string, received: unknown): void {
  checkCall(fits, `whenSynced ${option}`, expected, received);
}
