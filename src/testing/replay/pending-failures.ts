import type { QueueStep } from '../../recording/recording.ts';
import { isCausedByPage } from './caused-by-page.ts';

/** The requests of a poller that can fail. */
export type FailedRequest = 'subscribe' | 'poll' | 'connection';

/** A request of a poller that failed. */
export type RecordedFailure = Extract<QueueStep, { kind: 'failure' }>;
/** A read that found its queue gone. */
type RecordedExpiry = { readonly at: number; readonly kind: 'expired' };

/** The steps that say that a request went well. */
const SUCCESS = { subscribe: 'subscribed', poll: 'poll', connection: 'connection' } as const;

/** How long a failure waits for its request after the next success, in ms. A page may ask at other times than the recorded one. */
const PATIENCE = 60_000;

/** Finds the failure that a request repeats. Each is for one request, in the recorded order. */
export class PendingFailures {
  readonly #outcomes: Readonly<Record<FailedRequest, readonly QueueStep[]>>;
  readonly #next: Record<FailedRequest, number> = { subscribe: 0, poll: 0, connection: 0 };
  /** The ids of the requests that had the next failure. A client repeats its own. */
  readonly #repeated: Record<FailedRequest, string[]> = { subscribe: [], poll: [], connection: [] };

  constructor(steps: readonly QueueStep[]) {
    const own = withoutReportsOfExpiry(steps);
    const of = (type: FailedRequest): readonly QueueStep[] =>
      own.filter((step) => step.kind === SUCCESS[type] || failedRequest(step) === type);
    this.#outcomes = {
      subscribe: of('subscribe'),
      poll: of('poll'),
      connection: failuresFirst(of('connection')),
    };
  }

  /**
   * @param id Of the queue or the connection.
   * @param at The time in the recording.
   */
  take(type: FailedRequest, id: string, at: number): RecordedFailure | RecordedExpiry | undefined {
    const outcomes = this.#outcomes[type];
    while (isOver(outcomes, this.#next[type], at)) this.#pass(type);
    const step = outcomes[this.#next[type]];
    if (step?.at === at && !isFailure(step)) this.#pass(type); // this request is the one that succeeded
    if (!step || !isFailure(step) || beginningOf(step, outcomes[this.#next[type] - 1]) > at) return undefined;
    const repeated = this.#repeated[type];
    if (repeated.length > 0 && !repeated.includes(id)) return undefined;
    repeated.push(id);
    if (repeated.length >= requestsOf(step)) this.#pass(type);
    return step as RecordedFailure | RecordedExpiry;
  }

  #pass(type: FailedRequest): void {
    this.#next[type] += 1;
    this.#repeated[type] = [];
  }
}

/** Connections are read several at once, and those that were read are recorded before those that failed. */
function failuresFirst(outcomes: readonly QueueStep[]): readonly QueueStep[] {
  const order = (step: QueueStep): number => (isFailure(step) ? 0 : 1);
  return [...outcomes].sort((one, other) => one.at - other.at || order(one) - order(other));
}

function isFailure(step: QueueStep): boolean {
  return failedRequest(step) !== undefined;
}

function failedRequest(step: QueueStep): FailedRequest | undefined {
  if (step.kind === 'expired') return 'poll';
  return step.kind === 'failure' && !isCausedByPage(step.code) ? step.type : undefined;
}

/** A second expiry in a row is recorded twice: as such, and as a failure of the same poll. */
function withoutReportsOfExpiry(steps: readonly QueueStep[]): readonly QueueStep[] {
  let last: QueueStep['kind'] | undefined;
  return steps.filter(({ kind, ...step }) => {
    const isReport = last === 'expired' && 'type' in step && step.type === 'poll';
    if (kind !== 'gap') last = kind;
    return !isReport;
  });
}

/** A client repeats a 401 once, with a fresh token. */
function requestsOf(step: QueueStep): number {
  return step.kind === 'failure' && step.code === 'UNAUTHORIZED' ? 2 : 1;
}

/** When the request of a failure can come. One that was never answered began long before it failed. */
function beginningOf(failure: QueueStep, before: QueueStep | undefined): number {
  const earliest = before?.at ?? 0;
  const isSilent = failure.kind === 'failure' && failure.code === 'TIMEOUT';
  return isSilent ? earliest : (earliest + failure.at) / 2;
}

/** Whether a success is over, or a failure after which there was a success long ago. */
function isOver(outcomes: readonly QueueStep[], index: number, at: number): boolean {
  const step = outcomes[index];
  if (!step) return false;
  if (!isFailure(step)) return step.at < at;
  const success = outcomes.find((one, other) => other > index && !isFailure(one));
  return success !== undefined && success.at + PATIENCE <= at;
}
