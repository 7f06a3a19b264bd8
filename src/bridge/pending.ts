import type { WidgetRequest } from '../transport/transport.ts';
import { Deadline, Deadlines } from './deadlines.ts';
import { RecentIds } from './recent-ids.ts';
import type { Recipient } from './recipients.ts';

/** A request from its call to its one outcome. */
export class PendingRequest extends Deadline {
  readonly request: WidgetRequest;
  /** On the clock of `performance.now()`, which no change of the system's time moves. */
  readonly started: number;
  /** In ms since the epoch. */
  readonly startedAt: number = Date.now();
  /** In ms; `Infinity`: none. */
  readonly timeout: number;
  readonly recipients: Recipient[];
  /** The transport has done its part: there is nothing left to abort. */
  carried = false;
  #abort: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;

  constructor(request: WidgetRequest, timeout: number | false, recipients: Recipient[]) {
    const started = performance.now();
    const ms = timeout === false ? Number.POSITIVE_INFINITY : timeout;
    super(started + ms);
    this.request = request;
    this.started = started;
    this.timeout = ms;
    this.recipients = recipients;
  }

  /** Made when it is first read: many transports of the page's own never do. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#aborted) this.#abort.abort(this.#aborted.reason);
    return this.#abort.signal;
  }

  abort(reason: unknown): void {
    this.#aborted = { reason };
    this.#abort?.abort(reason);
  }
}

/** How many answered ids are still known to have been answered: enough to tell a late reply from a stray one. */
const REMEMBERED = 1_000;

/** The requests that wait for their outcome, by id. Ids compare as strings. */
export class PendingRequests {
  readonly #byId = new Map<string, PendingRequest>();
  readonly #answered = new RecentIds(REMEMBERED);
  readonly #deadlines: Deadlines<PendingRequest>;

  constructor(onTimeout: (pending: PendingRequest) => void) {
    this.#deadlines = new Deadlines(onTimeout);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(requestId: string | number): PendingRequest | undefined {
    return this.#byId.get(String(requestId));
  }

  has(pending: PendingRequest): boolean {
    return this.get(pending.request.requestId) === pending;
  }

  wasAnswered(requestId: string | number): boolean {
    return this.#answered.has(String(requestId));
  }

  add(pending: PendingRequest): void {
    this.#byId.set(String(pending.request.requestId), pending);
    this.#deadlines.add(pending);
  }

  /** The one way out. False if it has been taken already, so that nothing ends twice. */
  take(pending: PendingRequest): boolean {
    if (!this.has(pending)) return false;
    const id = String(pending.request.requestId);
    this.#byId.delete(id);
    this.#answered.add(id);
    this.#deadlines.delete(pending);
    return true;
  }

  /** All of them, oldest first. A copy: they may end while it is walked. */
  list(): PendingRequest[] {
    return [...this.#byId.values()];
  }
}
