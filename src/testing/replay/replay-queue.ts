import type { QueueStep, RecordedConnection, RecordedQueue } from '../../recording/recording.ts';
import type { QueueModel } from '../linxo/create-queue-service.ts';
import type { LinxoConnection, LinxoEvent } from '../linxo/wire.ts';

/** The request of a failure. */
export type FailedRequest = 'subscribe' | 'poll' | 'connection';
type Failure = Extract<QueueStep, { kind: 'failure' }>;

/** The recorded queue, as it is at the time. */
export interface ReplayedQueue {
  /** The failure that a request repeats. */
  failureOf(type: FailedRequest): Failure | undefined;
}

/** In seconds since the beginning of the recording. */
const TIMES = ['creation_date', 'expires', 'last_success_date', 'last_end_date'];

/** The steps that say that a request was answered. */
const SUCCESS = { subscribe: 'subscribed', poll: 'poll', connection: 'connection' } as const;

/** Lets a model play what was recorded. Time starts with the first request. */
export function replayQueue(model: QueueModel, recorded: RecordedQueue, now: () => number): ReplayedQueue {
  const { steps } = recorded;
  const origin = steps[0]?.at ?? 0;
  const states = new Map<string, Fields>();
  let started: number | undefined;
  let played = 0;
  let user = 'user-1';
  const failures = new PendingFailures(steps);

  const moved = (value: unknown): unknown =>
    withTimes(value, Math.floor(((started ?? now()) - origin) / 1_000));
  const toConnection = (fields: Fields): LinxoConnection => ({
    ...DEFAULTS,
    ...(moved(fields) as LinxoConnection),
    user_id: user,
  });
  // One that is read before its first recorded state has that one.
  for (const connection of [...statesIn(steps).reverse(), ...recorded.connections])
    states.set(connection.id, { ...connection });

  /** Plays all that is due. Returns the time in the recording. */
  function catchUp(): number {
    started ??= now();
    const at = now() - started + origin;
    for (; played < steps.length && (steps[played] as QueueStep).at <= at; played += 1)
      play(steps[played] as QueueStep);
    return at;
  }

  function play(step: QueueStep): void {
    if (step.kind === 'expired') model.killQueue();
    if (step.kind === 'connection') states.set(step.connection.id, { ...step.connection });
    if (step.kind !== 'event') return;
    const { resource } = step.event as { readonly resource?: unknown };
    if (isFields(resource) && typeof resource['id'] === 'string') {
      const before = states.get(resource['id']);
      states.set(resource['id'], { ...before, ...resource });
    }
    model.deliver(moved(step.event) as LinxoEvent);
  }

  const { subscribe, find, read } = model;
  Object.assign(model, {
    subscribe(whose) {
      user = whose ?? user;
      catchUp();
      return subscribe(whose);
    },
    find(id, reader) {
      catchUp();
      return find(id, reader);
    },
    read(id, reader) {
      catchUp();
      return read(id, reader);
    },
    connection(id) {
      catchUp();
      const fields = states.get(id);
      return fields && toConnection(fields);
    },
    connections(whose) {
      catchUp();
      return whose === undefined || whose === user ? [...states.values()].map(toConnection) : [];
    },
  } satisfies Partial<QueueModel>);

  return { failureOf: (type) => failures.take(type, catchUp()) };
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that a recording may lack. */
const DEFAULTS = { provider_id: '', name: '', creation_date: 0, auto_sync: true, consent_per_account: false };

/** Each failure is for one request that begins after the end of the request before. */
class PendingFailures {
  readonly #outcomes: Readonly<Record<FailedRequest, readonly QueueStep[]>>;
  readonly #next: Record<FailedRequest, number> = { subscribe: 0, poll: 0, connection: 0 };
  readonly #left = new Map<QueueStep, number>();

  constructor(steps: readonly QueueStep[]) {
    const of = (type: FailedRequest): readonly QueueStep[] =>
      steps.filter((step) => step.kind === SUCCESS[type] || (step.kind === 'failure' && step.type === type));
    this.#outcomes = { subscribe: of('subscribe'), poll: of('poll'), connection: of('connection') };
  }

  take(type: FailedRequest, at: number): Failure | undefined {
    const outcomes = this.#outcomes[type];
    // What is over is passed, except for failures that no request had: those before the next success.
    while (isPast(outcomes, this.#next[type], at)) this.#next[type] += 1;
    const index = this.#next[type];
    const step = outcomes[index];
    if (step?.kind !== 'failure' || (outcomes[index - 1]?.at ?? 0) > at) return undefined;
    // A client repeats a 401 once, with a fresh token.
    const left = (this.#left.get(step) ?? (step.code === 'UNAUTHORIZED' ? 2 : 1)) - 1;
    this.#left.set(step, left);
    if (left <= 0) this.#next[type] += 1;
    return step;
  }
}

/** Whether a success is over, or a failure after which there was a success. */
function isPast(outcomes: readonly QueueStep[], index: number, at: number): boolean {
  const step = outcomes[index];
  if (!step) return false;
  if (step.kind !== 'failure') return step.at <= at;
  const success = outcomes.slice(index).find(({ kind }) => kind !== 'failure');
  return success !== undefined && success.at <= at;
}

/** All states of connections, in order. */
function statesIn(steps: readonly QueueStep[]): RecordedConnection[] {
  return steps.flatMap((step) => (step.kind === 'connection' ? [step.connection] : []));
}

/** Moves the times in a value. A recording is no deeper than its reader allows. */
function withTimes(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((one) => withTimes(one, by));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      TIMES.includes(name) && typeof one === 'number' ? [name, one + by] : [name, withTimes(one, by)],
    ),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
