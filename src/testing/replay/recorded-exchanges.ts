import { attempt } from '../../check.ts';
import type { ServerName } from '../../index.ts';
import type { RecordedRequest } from '../../recording/recording.ts';
import { isCausedByPage } from './caused-by-page.ts';

/** A recorded request that is played. */
export interface Exchange {
  readonly recorded: RecordedRequest;
  /** The request that was matched with it. */
  key: string | undefined;
  /** When the first attempt came, in ms. */
  began: number;
  /** How many attempts came. */
  attempts: number;
  /** Whether one of them is still without its answer. */
  isBusy: boolean;
}

/** A request that arrives at a server. */
export interface SentRequest {
  readonly server: ServerName;
  readonly type: string;
  /** The attempts of one request have the same, and the same body. */
  readonly requestId: string | null;
  readonly body: string;
}

const PLACEHOLDER = /^(text-|TEXT_)\d+$/;
/** Deeper values are not compared. */
const DEPTH = 20;

/** Finds the recorded request that a request repeats. */
export class RecordedExchanges {
  readonly #exchanges: readonly Exchange[];
  readonly #types: ReadonlySet<string>;

  constructor(requests: readonly RecordedRequest[]) {
    this.#exchanges = requests
      .filter(({ end }) => !(end && 'code' in end && isCausedByPage(end.code)))
      .map((recorded) => ({ recorded, key: undefined, began: 0, attempts: 0, isBusy: false }));
    this.#types = new Set(this.#exchanges.map(({ recorded }) => keyOf(recorded.server, typeOf(recorded))));
  }

  /** Returns `undefined` for a type that was never recorded. */
  find({ server, type, requestId, body }: SentRequest, at: number): Exchange | undefined {
    const own = this.#exchanges.filter(({ recorded }) => recorded.server === server);
    const key = `${requestId ?? ''}\n${body}`;
    const isAgain = requestId === null ? isTriedAgain : mayBeTriedAgain;
    const again = own.find((one) => one.key === key && isAgain(one));
    if (again) return again;
    const found = best(this.#ofType(own, server, type), body);
    return found && Object.assign(found, { key, began: at });
  }

  /** A type that the recording does not know may have been replaced by a placeholder. */
  #ofType(own: readonly Exchange[], server: ServerName, type: string): readonly Exchange[] {
    const isKnown = this.#types.has(keyOf(server, type));
    return own.filter(({ recorded }) => {
      const other = typeOf(recorded);
      return isKnown ? other === type : PLACEHOLDER.test(other);
    });
  }
}

/** The type of a recorded request. */
function typeOf({ body }: RecordedRequest): string {
  const value = typeof body === 'string' ? attempt<unknown>(() => JSON.parse(body)) : body;
  const type = (Object(value) as { readonly type?: unknown }).type;
  return typeof type === 'string' ? type : '';
}

function keyOf(server: ServerName, type: string): string {
  return `${server} ${type}`;
}

/** Whether its end was played. */
function isUsedUp({ recorded, attempts }: Exchange): boolean {
  return attempts > (recorded.retried?.length ?? 0);
}

/** Without an id, the same body may be another request: one that comes before the first is answered, or after its end. */
function isTriedAgain(exchange: Exchange): boolean {
  return !exchange.isBusy && !isUsedUp(exchange);
}

/** After a failure, a client may try more often than it did. */
function mayBeTriedAgain(exchange: Exchange): boolean {
  const { end } = exchange.recorded;
  return !isUsedUp(exchange) || (end !== undefined && 'code' in end);
}

/** Of those that are not used up, the one whose body agrees most; else the last one. */
function best(candidates: readonly Exchange[], body: string): Exchange | undefined {
  const free = candidates.filter(({ key }) => key === undefined);
  if (free.length === 0) return candidates.at(-1);
  const sent = attempt<unknown>(() => JSON.parse(body));
  const scores = free.map(({ recorded }) => agreement(recorded.body, sent));
  return free[scores.indexOf(Math.max(...scores))];
}

/** How many values are the same at the same place. */
function agreement(recorded: unknown, sent: unknown, depth = DEPTH): number {
  if (typeof recorded === 'string' && typeof sent === 'object' && sent !== null) {
    const parsed = attempt<unknown>(() => JSON.parse(recorded));
    return typeof parsed === 'object' ? agreement(parsed, sent, depth) : 0;
  }
  if (typeof recorded !== 'object' || recorded === null) return String(recorded) === String(sent) ? 1 : 0;
  if (typeof sent !== 'object' || sent === null || depth === 0) return 0;
  const others = sent as Readonly<Record<string, unknown>>;
  return Object.entries(recorded).reduce(
    (sum, [name, value]) =>
      sum + (Object.hasOwn(others, name) ? agreement(value, others[name], depth - 1) : 0),
    0,
  );
}
