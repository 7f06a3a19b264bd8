import type { ErrorCode, RequestAttempt } from '../../index.ts';
import type { LifeEvent, RequestLife } from '../../monitoring.ts';

/** A step that a transport reported. */
export interface Step extends RequestAttempt {
  readonly at: number;
}

/** How a request ended. */
export interface RequestEnd {
  readonly at: number;
  /** Undefined: it was answered. */
  readonly code: ErrorCode | 'unknown' | undefined;
  readonly status: number | undefined;
  readonly timeout: number | undefined;
  /** Whether the widget had sent another request with the same id, and so did not get this reply. */
  readonly isSuperseded?: boolean;
}

/** A request and all its events so far. Immutable: each event replaces the entry. Times in ms since the epoch. */
export interface RequestEntry extends RequestLife {
  readonly kind: 'request';
  readonly number: number;
  readonly at: number;
  readonly steps: readonly Step[];
  readonly end: RequestEnd | undefined;
  /** When a reply came after the request had ended. */
  readonly lateAt: number | undefined;
  /** The row in its lane. Pending requests do not share rows, except the last one. */
  readonly slot: number;
}

/** Events that become an entry of their own. */
export type MomentEvent = Exclude<LifeEvent, { kind: 'request' | 'attempt' | 'reply' }>;

/** An event without a duration. */
export interface MomentEntry {
  readonly kind: 'moment';
  readonly number: number;
  readonly at: number;
  readonly event: MomentEvent;
}

/** A row of the list. */
export type Entry = RequestEntry | MomentEntry;

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

/** A part of a request's duration with one state. */
export interface Phase {
  readonly state: Step['state'];
  readonly from: number;
  readonly to: number;
  /** The step that began it. Undefined before the transport reports the first step. */
  readonly step: Step | undefined;
}

/** A shorter wait for the first step is not a phase, in ms. */
const MIN_FIRST_PHASE = 1;

/** The phases of a request in order, until its end or until now. */
export function phasesOf({ at, steps, end }: RequestEntry, now: number): readonly Phase[] {
  const until = Math.max(at, end?.at ?? now);
  const first = steps[0]?.at ?? until;
  const isReportedLater = first - at >= MIN_FIRST_PHASE;
  const phases: Phase[] = isReportedLater ? [{ state: 'sent', from: at, to: first, step: undefined }] : [];
  steps.forEach((step, index) => {
    phases.push({ state: step.state, from: step.at, to: steps[index + 1]?.at ?? until, step });
  });
  return phases;
}

const TROUBLE: ReadonlySet<string> = new Set<MomentEvent['kind']>([
  'failure',
  'orphan',
  'insecurePage',
  'queue.gap',
  'queue.expired',
  'queue.failure',
  'queue.insecurePage',
]);

/** Whether something failed, or the user has to act. */
export function isTrouble(entry: Omit<RequestEntry, 'number'> | Omit<MomentEntry, 'number'>): boolean {
  if (entry.kind === 'request') return entry.end?.code !== undefined || entry.lateAt !== undefined;
  return TROUBLE.has(entry.event.kind) || isUserNeeded(entry.event);
}

/** Whether a channel waits for the user. */
export function isUserNeeded(event: MomentEvent): boolean {
  return event.kind === 'queue.channel' && needsUser(event.status);
}

/** Also true for statuses that the documents do not name yet. */
export function needsUser(status: string): boolean {
  return status === 'AUTH_FAILED' || status === 'TOKEN_EXPIRED' || status.endsWith('_REQUIRED');
}
