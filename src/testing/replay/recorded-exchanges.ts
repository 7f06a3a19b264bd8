import { attempt } from '../../check.ts';
import type { ServerName } from '../../index.ts';
import type { RecordedRequest } from '../../recording/recording.ts';

/** A recorded request that is played. */
export interface Exchange {
  readonly recorded: RecordedRequest;
  /** The text of the request that was matched with it. */
  body: string | undefined;
  /** When the first attempt came, in ms. */
  began: number;
  /** How many attempts were answered. */
  attempts: number;
}

/** The page itself caused these. No server answers again like that. */
const CAUSED_BY_PAGE = ['OVERLOADED', 'DISPOSED', 'NO_ENDPOINT', 'INVALID_CALL', 'DUPLICATE_REQUEST'];
const PLACEHOLDER = /^(text-|TEXT_)\d+$/;
/** Deeper values are not compared. */
const DEPTH = 20;

/** Finds the recorded request that a request repeats. */
export class RecordedExchanges {
  readonly #exchanges: readonly Exchange[];
  readonly #types: ReadonlySet<string>;

  constructor(requests: readonly RecordedRequest[]) {
    this.#exchanges = requests
      .filter(({ end }) => !(end && 'code' in end && CAUSED_BY_PAGE.includes(end.code ?? '')))
      .map((recorded) => ({ recorded, body: undefined, began: 0, attempts: 0 }));
    this.#types = new Set(this.#exchanges.map(({ recorded }) => keyOf(recorded.server, typeOf(recorded))));
  }

  /** Returns `undefined` for a type that was never recorded. */
  find(server: ServerName, type: string, body: string, at: number): Exchange | undefined {
    const own = this.#exchanges.filter(({ recorded }) => recorded.server === server);
    const found =
      own.find((one) => one.body === body && !isUsedUp(one)) ?? best(this.#ofType(own, server, type), body);
    if (!found) return undefined;
    if (found.body !== body || isUsedUp(found)) Object.assign(found, { body, began: at });
    return found;
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

/** Of those that are not used up, the one whose body agrees most; else the last one. */
function best(candidates: readonly Exchange[], body: string): Exchange | undefined {
  const free = candidates.filter((one) => one.body === undefined);
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
