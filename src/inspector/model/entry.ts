import type { ErrorCode, RequestAttempt } from '../../index.ts';
import type { LifeEvent, RequestLife } from '../../monitoring/life-event.ts';

/** One step on the way of a request. */
export interface Step extends RequestAttempt {
  readonly at: number;
}

/** How a request ended. */
export interface RequestEnd {
  readonly at: number;
  /** Why it failed; undefined: it was answered. */
  readonly code: ErrorCode | undefined;
  readonly status: number | undefined;
  readonly timeout: number | undefined;
  /** Whether the widget had sent another request under its id, and so did not get the reply. */
  readonly isSuperseded?: boolean;
}

/** A request, with all that has happened to it so far. It is replaced, never changed. Times in ms since the epoch. */
export interface RequestEntry extends RequestLife {
  readonly kind: 'request';
  readonly number: number;
  readonly at: number;
  readonly steps: readonly Step[];
  readonly end: RequestEnd | undefined;
  /** When a reply came that nobody waited for any more: after a failure, or after another reply. */
  readonly lateAt: number | undefined;
  /** Where it is drawn in its lane: no two that are pending at once share one, but for the last. */
  readonly slot: number;
}

/** Events that are told as they are, each on its own. */
export type MomentEvent = Exclude<LifeEvent, { kind: 'request' | 'attempt' | 'reply' }>;

/** Something that happened at once. */
export interface MomentEntry {
  readonly kind: 'moment';
  readonly number: number;
  readonly at: number;
  readonly event: MomentEvent;
}

/** A line of the list. */
export type Entry = RequestEntry | MomentEntry;

/** How a request is at the moment. */
export type RequestState =
  | 'token'
  | 'sent'
  | 'retry'
  | 'answered'
  | 'failed'
  | 'late'
  | 'twice'
  | 'superseded';

export function stateOf({ end, lateAt, steps }: RequestEntry): RequestState {
  if (lateAt !== undefined) return end?.code ? 'late' : 'twice';
  if (end?.isSuperseded) return 'superseded';
  if (end) return end.code ? 'failed' : 'answered';
  return steps.at(-1)?.state ?? 'sent';
}

/** Whether something went wrong, or the user is needed. */
export function isTrouble(entry: Omit<RequestEntry, 'number'> | Omit<MomentEntry, 'number'>): boolean {
  if (entry.kind === 'request') return entry.end?.code !== undefined || entry.lateAt !== undefined;
  return /failure|orphan|gap|expired/.test(entry.event.kind) || actionOf(entry.event) !== undefined;
}

/** What the user owes to a channel. */
export function actionOf(event: MomentEvent): string | undefined {
  return event.kind === 'queue.channel' && isAction(event.status) ? event.status : undefined;
}

export function isAction(status: string): boolean {
  return /^(AUTH_FAILED|TOKEN_EXPIRED|.*_REQUIRED)$/.test(status);
}
