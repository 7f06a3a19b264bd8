import type { Probe } from '../../doctor/exchange.ts';
import type { FindingOptions } from '../../doctor/finding.ts';
import { type PageRequests, tokenHeader } from './page-requests.ts';

/** Why a preflight is refused. */
export interface Refusal extends Pick<FindingOptions, 'id' | 'seen'> {
  /** The headers that the preflight asked for, in lower case. */
  readonly names: readonly string[];
}

const REFUSED =
  'The browser refuses the preflight: its status, its Access-Control-Allow-Origin, or its list of headers or methods is wrong.';

/** No gateway lists it. */
const MADE_UP = 'x-bankside-doctor';

/** Finds out, by requests with fewer headers, what a preflight refuses. What it has found is not searched a second time. */
export class PreflightSearch {
  readonly #requests: PageRequests;
  /** By the kind of the preflight. */
  readonly #found = new Map<string, Refusal>();
  /** The headers that a subject refused where it allowed others. */
  readonly #refusedHeaders = new Map<Probe['subject'], readonly string[]>();

  constructor(requests: PageRequests) {
    this.#requests = requests;
  }

  /** What was found for another request with the same preflight. */
  async foundBefore(probe: Probe): Promise<Refusal | undefined> {
    return this.#found.size > 0
      ? this.#found.get(keyOf(probe, await this.#requests.headerNames(probe)))
      : undefined;
  }

  /** Call it where it is certain that the preflight is refused. */
  remember(probe: Probe, refusal: Refusal): void {
    this.#found.set(keyOf(probe, refusal.names), refusal);
  }

  /** `undefined` if a request with the same preflight is answered. */
  async explain(probe: Probe): Promise<Refusal | undefined> {
    const names = await this.#requests.headerNames(probe);
    if (await this.#allows(probe, names)) return undefined;
    return { ...(await this.#search(probe, names)), names };
  }

  async #search(probe: Probe, names: readonly string[]): Promise<Omit<Refusal, 'names'>> {
    const refused: string[] = [];
    for (const name of names) if (!(await this.#allows(probe, [name]))) refused.push(name);
    if (refused.length === 0) {
      const seen = `Each of the headers ${names.join(', ')} is allowed alone, and all of them together are not.`;
      return { id: 'preflight-refused', seen };
    }
    if (this.#requests.sendsCookies && (await this.#allows(probe, refused, 'omit'))) {
      const seen =
        'Preflights of requests without cookies are allowed, and those of requests with cookies are not: Access-Control-Allow-Credentials is not true, or a header has the value *.';
      return { id: 'preflight-credentials', seen };
    }
    return (await this.#searchHeaders(probe, names, refused)) ?? { id: 'preflight-refused', seen: REFUSED };
  }

  /** If some headers are allowed, and others are not. */
  async #searchHeaders(
    probe: Probe,
    names: readonly string[],
    refused: readonly string[],
  ): Promise<Omit<Refusal, 'names'> | undefined> {
    const known = this.#refusedHeaders.get(probe.subject) ?? [];
    const isMadeUpAllowed = await this.#allows(probe, [MADE_UP]);
    const areOthersAllowed =
      isMadeUpAllowed || refused.length < names.length || (await this.#allowsToken(probe, names));
    if (!areOthersAllowed && !refused.every((name) => known.includes(name))) return undefined;
    this.#refusedHeaders.set(probe.subject, [...known, ...refused]);
    if (isMadeUpAllowed && refused.join() === 'authorization') {
      const seen = 'A header with a made-up name is allowed, and authorization is not.';
      return { id: 'preflight-wildcard', seen };
    }
    const seen = `The preflight does not allow ${refused.join(', ')}. It allows other headers.`;
    return { id: 'preflight-headers', seen };
  }

  /** Where the page sends none, many gateways allow the header of the token all the same. */
  async #allowsToken(probe: Probe, names: readonly string[]): Promise<boolean> {
    const name = tokenHeader(probe).toLowerCase();
    return !names.includes(name) && this.#allows(probe, [name]);
  }

  async #allows(probe: Probe, names: readonly string[], credentials?: RequestCredentials): Promise<boolean> {
    return (await this.#requests.sendWithHeaders(probe, names, credentials)).result === 'answered';
  }
}

function keyOf(probe: Probe, names: readonly string[]): string {
  return JSON.stringify([preflightKey(probe), [...names].sort()]);
}

/** Requests with the same preflight, but for their headers. Gateways have one rule for all queues, and one for all connections. */
export function preflightKey({ subject, method, url: { origin, pathname } }: Probe): string {
  const path = method === 'GET' ? pathname.slice(0, pathname.lastIndexOf('/')) : pathname;
  return JSON.stringify([subject, method, origin, path]);
}
