import type { Probe } from '../../doctor/exchange.ts';
import { type Finding, type FindingOptions, finding } from '../../doctor/finding.ts';
import { sleep } from '../../time.ts';
import type { PageRequests } from './page-requests.ts';
import { directiveFor, type PolicyWatch } from './policy-watch.ts';
import type { Outcome } from './send-request.ts';

/** Why a request failed, as far as a page can know. `again`: it succeeded when it was sent once more. */
interface Explanation {
  readonly findings?: readonly Finding[];
  readonly unseen?: string;
  readonly again?: Outcome;
}

/** Why a preflight is refused. */
type Refusal = Pick<FindingOptions, 'id' | 'seen'>;

const REFUSED =
  'The browser refuses the preflight: its status, its Access-Control-Allow-Origin, or its list of headers or methods is wrong.';

const NOTHING_READ =
  'The server answers, and this page may read no answer, not even one to a request without token and preflight.';

/** Engines report a violation a little after the request has failed. In ms. */
const REPORT_DELAY = 100;

const COMMAND = 'run npx bankside doctor to see why';

/**
 * Finds out why the page gets no answer. To a page, all causes look the same, so it sends smaller requests and compares:
 *
 * 1. The page's policy reports what it refuses, and an offline device is known.
 * 2. An answer that cannot be read still shows that the server is there.
 * 3. A request without token and preflight shows whether a refused token's answer can be read.
 * 4. If it can, one request with the valid token, or one for each header, shows what the preflight refuses.
 *
 * What remains open after that is no finding.
 */
export class FailureSearch {
  readonly #requests: PageRequests;
  readonly #policy: PolicyWatch;
  /** The kinds of request whose preflight was allowed. */
  readonly #allowed = new Set<string>();
  /** Requests that were sent to explain another. They are not sent a second time: one of them makes a queue. */
  readonly #sent = new Map<string, Outcome>();
  /** The headers that a subject refused where it allowed others. */
  readonly #refusedHeaders = new Map<Probe['subject'], readonly string[]>();

  constructor(requests: PageRequests, policy: PolicyWatch) {
    this.#requests = requests;
    this.#policy = policy;
  }

  /** What came of this request, if it was already sent. */
  sentBefore(probe: Probe): Outcome | undefined {
    const key = requestKey(probe);
    const outcome = this.#sent.get(key);
    this.#sent.delete(key);
    return outcome;
  }

  /** An answer to this request was read. */
  hasRead(probe: Probe): void {
    this.#allowed.add(preflightKey(probe));
  }

  async explain(probe: Probe, isSameOrigin: boolean): Promise<Explanation> {
    const refusal = this.#refusedByPolicy(probe);
    if (refusal) return refusal;
    if (navigator.onLine === false)
      return one(probe, 'unreachable', 'The browser says that this device is offline.');
    const again = await this.#sendAgain(probe);
    if (again && again.result !== 'failed') return { again };
    const simple = isSameOrigin ? undefined : await this.#requests.sendSimple(probe);
    if (simple?.result === 'answered') return this.#explainWithAnswers(probe, simple.response.status);
    if (!isSameOrigin && (await this.#requests.isThere(probe.url))) return this.#explainWithoutAnswers(probe);
    await sleep(REPORT_DELAY, this.#requests.signal);
    this.#requests.signal.throwIfAborted();
    return this.#refusedByPolicy(probe) ?? unreachable(probe, isSameOrigin);
  }

  #refusedByPolicy({ name, url }: Probe): Explanation | undefined {
    const violation = this.#policy.violationOf(url);
    if (!violation) return undefined;
    const seen = `The policy of this page does not allow requests to ${url.origin}.`;
    const remedy = { directive: directiveFor(url, violation) ?? '' };
    return { findings: [finding({ id: 'connect-src', subject: 'page', request: name, seen, remedy })] };
  }

  /** A connection may break by chance. A request that makes a queue is not repeated. */
  async #sendAgain(probe: Probe): Promise<Outcome | undefined> {
    const makesQueue = probe.subject === 'linxo' && probe.method === 'POST' && probe.token !== 'spoiled';
    return makesQueue ? undefined : this.#requests.send(probe);
  }

  /** The server is there, and the answer to a request without token and preflight cannot be read. */
  async #explainWithoutAnswers(probe: Probe): Promise<Explanation> {
    if (this.#requests.sendsCookies) {
      const { result } = await this.#requests.sendSimple(probe, 'omit');
      const seen =
        'This page may read answers to requests without cookies, and none to requests with cookies.';
      if (result === 'answered') return one(probe, 'answer-credentials', seen);
    }
    if (probe.token === 'none') {
      return one(probe, hiddenAnswer(probe), NOTHING_READ);
    }
    if (probe.token === 'valid') {
      if (this.#allowed.has(preflightKey(probe))) return hidden(probe);
      return { unseen: `no answer of this server can be read: ${COMMAND}` };
    }
    const isAllowed = (await this.#sendValid(probe))?.result === 'answered';
    const seen = isAllowed
      ? 'The answer to a valid token can be read, and the answer to this request cannot.'
      : NOTHING_READ;
    return one(probe, 'error-answer-origin', seen);
  }

  /** @param status Of the answer to a request without token and preflight, which could be read. */
  async #explainWithAnswers(probe: Probe, status: number): Promise<Explanation> {
    if (this.#allowed.has(preflightKey(probe))) return hidden(probe);
    const valid = probe.token === 'spoiled' ? await this.#sendValid(probe) : undefined;
    if (valid?.result === 'answered') return hidden(probe);
    const names = await this.#requests.headerNames(probe);
    // The same preflight, and an answer that can be read.
    if (await this.#allows(probe, names)) return hidden(probe);
    const { id, seen } = await this.#explainPreflight(probe, names);
    // Else the answer to a refused token may be the one that cannot be read.
    const isCertain = status === 401 || valid !== undefined || probe.token !== 'spoiled';
    if (isCertain || id === 'preflight-headers' || id === 'preflight-wildcard')
      return one(probe, id, seen, names);
    return { unseen: `the preflight is refused, or the answer cannot be read: ${COMMAND}` };
  }

  async #explainPreflight(probe: Probe, names: readonly string[]): Promise<Refusal> {
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
    return (await this.#explainHeaders(probe, names, refused)) ?? { id: 'preflight-refused', seen: REFUSED };
  }

  /** If some headers are allowed, and others are not. */
  async #explainHeaders(
    probe: Probe,
    names: readonly string[],
    refused: readonly string[],
  ): Promise<Refusal | undefined> {
    const known = this.#refusedHeaders.get(probe.subject) ?? [];
    const isMadeUpAllowed = await this.#allows(probe, ['x-bankside-doctor']);
    const areOthersAllowed = isMadeUpAllowed || refused.length < names.length;
    if (!areOthersAllowed && !refused.every((name) => known.includes(name))) return undefined;
    this.#refusedHeaders.set(probe.subject, [...known, ...refused]);
    if (isMadeUpAllowed && refused.join() === 'authorization') {
      const seen = 'A header with a made-up name is allowed, and authorization is not.';
      return { id: 'preflight-wildcard', seen };
    }
    const seen = `The preflight does not allow ${refused.join(', ')}. It allows other headers.`;
    return { id: 'preflight-headers', seen };
  }

  async #allows(probe: Probe, names: readonly string[], credentials?: RequestCredentials): Promise<boolean> {
    return (await this.#requests.sendWithHeaders(probe, names, credentials)).result === 'answered';
  }

  /** The same request with the valid token. `undefined` if there is none. */
  async #sendValid(probe: Probe): Promise<Outcome | undefined> {
    if (!this.#requests.hasToken(probe)) return undefined;
    const valid: Probe = { ...probe, token: 'valid' };
    const outcome = await this.#requests.send(valid);
    this.#sent.set(requestKey(valid), outcome);
    if (outcome.result === 'answered') this.hasRead(probe);
    return outcome;
  }
}

function one(
  { subject, name }: Probe,
  id: FindingOptions['id'],
  seen: string,
  names?: readonly string[],
): Explanation {
  const remedy = { origin: globalThis.origin, ...(names && { names }) };
  return { findings: [finding({ id, subject, request: name, seen, remedy })] };
}

/** The preflight is allowed. */
function hidden(probe: Probe): Explanation {
  const seen = 'Other answers of this server can be read, and the answer to this request cannot.';
  return one(probe, hiddenAnswer(probe), seen);
}

function hiddenAnswer({ token, expects }: Probe): 'answer-origin' | 'error-answer-origin' {
  const isError = expects === undefined ? token === 'spoiled' : expects === 'error';
  return isError ? 'error-answer-origin' : 'answer-origin';
}

function unreachable(probe: Probe, isSameOrigin: boolean): Explanation {
  const { host } = probe.url;
  const seen = isSameOrigin
    ? `No request to ${host} gets an answer.`
    : `No request to ${host} gets an answer: the host is unknown or refuses the connection, its certificate is not accepted, or something in this browser or network blocks it. If its answers have Cross-Origin-Resource-Policy, the cause may be CORS. A page cannot know which.`;
  return one(probe, 'unreachable', seen);
}

function requestKey({ method, url, token, body }: Probe): string {
  return JSON.stringify([method, url.href, token, body]);
}

/** Requests with the same preflight. Gateways have one rule for all queues, and one for all connections. */
function preflightKey({ subject, method, url: { origin, pathname } }: Probe): string {
  const path = method === 'GET' ? pathname.slice(0, pathname.lastIndexOf('/')) : pathname;
  return JSON.stringify([subject, method, origin, path]);
}
