import { isObject } from '../../check.ts';
import type { QueueStep, RecordedConnection, RecordedQueue } from '../../recording/recording.ts';
import type { QueueModel } from '../linxo/create-queue-service.ts';
import type { LinxoConnection, LinxoEvent } from '../linxo/wire.ts';
import { type FailedRequest, PendingFailures, type RecordedFailure } from './pending-failures.ts';
import { withTimes } from './with-times.ts';

/** The fields of a connection, in the form of the server. */
type Fields = Readonly<Record<string, unknown>>;

/** Fields that a recording may lack. */
const DEFAULTS = { provider_id: '', name: '', creation_date: 0, auto_sync: true, consent_per_account: false };

/** Plays a recorded queue into a model. Its time starts with the first request. */
export class ReplayedQueue {
  readonly #model: QueueModel;
  readonly #recorded: RecordedQueue;
  readonly #now: () => number;
  readonly #failures: PendingFailures;
  /** The time of the first step, in the recording. */
  readonly #origin: number;
  readonly #states = new Map<string, Fields>();
  /** The first request, and its user. */
  #start: { readonly at: number; readonly user: string } | undefined;
  #played = 0;

  constructor(model: QueueModel, recorded: RecordedQueue, now: () => number) {
    this.#model = model;
    this.#recorded = recorded;
    this.#now = now;
    this.#failures = new PendingFailures(recorded.steps);
    this.#origin = recorded.steps[0]?.at ?? 0;
  }

  /** Plays all that is due. The recorded connections are those of the first user who asks. */
  catchUp(user: string): void {
    if (!this.#start) {
      this.#start = { at: this.#now(), user };
      this.#setFirstStates();
    }
    const { steps } = this.#recorded;
    const at = this.#at();
    for (; this.#played < steps.length; this.#played += 1) {
      const step = steps[this.#played] as QueueStep;
      if (step.at > at) return;
      this.#play(step);
    }
  }

  /** The failure that a request repeats. @param id Of the queue or the connection. */
  failureOf(type: FailedRequest, id: string): RecordedFailure | undefined {
    const step = this.#failures.take(type, id, this.#at());
    if (step?.kind !== 'expired') return step;
    this.#model.replaceQueues(); // and then the read finds no queue
    return undefined;
  }

  /** The time in the recording. */
  #at(): number {
    return this.#now() - (this.#start?.at ?? this.#now()) + this.#origin;
  }

  /** A connection that is read before its first recorded state has that one. */
  #setFirstStates(): void {
    const states: RecordedConnection[] = [...this.#recorded.connections];
    for (const step of this.#recorded.steps) if (step.kind === 'connection') states.push(step.connection);
    for (const state of states) if (!this.#states.has(state.id)) this.#setState({ ...state });
  }

  #play(step: QueueStep): void {
    if (step.kind === 'connection') this.#setState({ ...step.connection });
    if (step.kind === 'malformed') this.#deliverMalformed();
    if (step.kind !== 'event') return;
    const { resource } = step.event as { readonly resource?: unknown };
    if (isObject(resource)) this.#setState(resource as Fields);
    this.#model.deliver(this.#moved(step.event) as unknown as LinxoEvent);
  }

  /** Each is another one: a poller reports the same only once. */
  #deliverMalformed(): void {
    this.#model.deliver({ malformed: this.#played } as unknown as LinxoEvent);
  }

  /** Sets the fields that are given. The others stay as they were. */
  #setState(fields: Fields): void {
    const { id } = fields;
    if (typeof id !== 'string') return;
    const state = { ...this.#states.get(id), ...fields };
    this.#states.set(id, state);
    const connection = { ...DEFAULTS, ...this.#moved(state), user_id: this.#start?.user ?? '' };
    this.#model.setConnection(connection as unknown as LinxoConnection);
  }

  /** Times in a recording are seconds since its beginning. */
  #moved(fields: Fields): Fields {
    return withTimes(fields, Math.floor(((this.#start?.at ?? 0) - this.#origin) / 1_000));
  }
}
