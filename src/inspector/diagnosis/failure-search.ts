import type { Probe } from '../../doctor/exchange.ts';
import { type Finding, type FindingOptions, finding } from '../../doctor/finding.ts';
import { sleep } from '../../time.ts';
import { pageInterference } from './page-interference.ts';
import type { PageRequests } from './page-requests.ts';
import { directiveFor, type PolicyWatch } from './policy-watch.ts';
import { PreflightSearch, preflightKey, type Refusal } from './preflight-search.ts';
import type { Outcome } from './send-request.ts';

/** Why a request failed, as far as a page can know. `again`: it succeeded when it was sent once more. */
interface Explanation {
  readonly findings?: readonly Finding[];
  readonly unseen?: string;
  readonly again?: Outcome;
}

const NOTHING_READ =
  'The server answers, and this page may read no answer, not even one to a request without token and preflight.';

/** Engines report a violation a little after the request has failed. In ms. */
const REPORT_DELAY = 100;

const COMMAND = 'run npx bankside doctor to see why';

const NOT_REPEATED = `no answer can be read, or the connection broke off; it is not sent twice, since it makes a queue: ${COMMAND}`;

/** What is known by comparison with a similar request, which the page's scripts handle in the same way. */
const COMPARED: ReadonlySet<string> = new Set([
  'answer-credentials',
  'connect-src',
  'preflight-credentials',
  'preflight-headers',
  'preflight-wildcard',
]);

/**
 * Finds out why the page gets no answer. To a page, all causes look the same, so it sends smaller requests and compares:
 *
 * 1. The page's policy reports what it refuses, and an offline device is known.
 * 2. An answer that cannot be read still shows that the server is there.
 * 3. A request without token and preflight shows whether a refused token's answer can be read.
 * 4. If it can, one request with the valid token, or one for each header, shows what the preflight refuses.
 *
 * What remains open after that is no finding, nor is what the page's own scripts may have caused.
 */
export class FailureSearch {
  readonly #requests: PageRequests;
  readonly #policy: PolicyWatch;
  readonly #preflights: PreflightSearch;
  /** The kinds of request whose preflight was allowed. */
  readonly #allowed = new Set<string>();
  readonly #answeredOrigins = new Set<string>();
  /** Requests that were sent to explain another. They are not sent a second time: one of them makes a queue. */
  readonly #sent = new Map<string, Outcome>();

  constructor(requests: PageRequests, policy: PolicyWatch) {
    this.#requests = requests;
    this.#policy = policy;
    this.#preflights = new PreflightSearch(requests);
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
    this.#answeredOrigins.add(probe.url.origin);
  }

  async explain(probe: Probe, isSameOrigin: boolean): Promise<Explanation> {
    const refusal = this.#refusedByPolicy(probe);
    if (refusal) return refusal;
    if (navigator.onLine === false)
      return one(probe, 'unreachable', 'The browser says that this device is offline.');
    const found = await this.#search(probe, isSameOrigin);
    const interference = pageInterference();
    const isCertain = found.findings?.every(({ id }) => COMPARED.has(id)) ?? true;
    return interference === undefined || isCertain ? found : { unseen: interference };
  }

  #refusedByPolicy({ name, url }: Probe): Explanation | undefined {
    const violation = this.#policy.violationOf(url);
    if (!violation) return undefined;
    const seen = `The policy of this page does not allow requests to ${url.origin}.`;
    const remedy = { directive: directiveFor(url, violation) ?? '' };
    return { findings: [finding({ id: 'connect-src', subject: 'page', request: name, seen, remedy })] };
  }

  async #search(probe: Probe, isSameOrigin: boolean): Promise<Explanation> {
    const known = isSameOrigin ? undefined : await this.#preflights.foundBefore(probe);
    if (known) return refused(probe, known);
    // Each further request with the session's authority would make a further queue.
    if (makesQueue(probe) && (isSameOrigin || !this.#requests.hasToken(probe)))
      return (await this.#isThere(probe)) ? { unseen: NOT_REPEATED } : this.#explainSilence(probe, false);
    const again = makesQueue(probe) ? undefined : await this.#requests.send(probe);
    if (again && again.result !== 'failed') return { again };
    if (isSameOrigin) return this.#explainSilence(probe, true);
    const simple = await this.#sendSimple(probe);
    if (simple.result === 'answered') return this.#explainWithAnswers(probe, simple.response.status);
    return (await this.#isThere(probe))
      ? this.#explainWithoutAnswers(probe)
      : this.#explainSilence(probe, false);
  }

  /** Some servers refuse an empty body before anything else. */
  async #sendSimple(probe: Probe): Promise<Outcome> {
    const empty = await this.#requests.sendSimple(probe);
    const isEnough = empty.result === 'answered' || probe.subject === 'linxo';
    return isEnough ? empty : this.#requests.sendSimple(probe, { body: probe.body });
  }

  /** A redirect to what the policy refuses is an answer, too. */
  async #isThere({ url }: Probe): Promise<boolean> {
    if (await this.#requests.isThere(url)) return true;
    await sleep(REPORT_DELAY, this.#requests.signal);
    this.#requests.signal.throwIfAborted();
    return this.#policy.hasRefusedRedirect(url);
  }

  async #explainSilence(probe: Probe, isSameOrigin: boolean): Promise<Explanation> {
    await sleep(REPORT_DELAY, this.#requests.signal);
    this.#requests.signal.throwIfAborted();
    const { origin, host } = probe.url;
    const seen = this.#answeredOrigins.has(origin)
      ? `Other requests to ${host} are answered, and this one is not: something in this browser or network blocks it, or the server stopped answering.`
      : silence(host, isSameOrigin);
    return this.#refusedByPolicy(probe) ?? one(probe, 'unreachable', seen);
  }

  /** The server is there, and the answer to a request without token and preflight cannot be read. */
  async #explainWithoutAnswers(probe: Probe): Promise<Explanation> {
    if (this.#requests.sendsCookies) {
      const { result } = await this.#requests.sendSimple(probe, { credentials: 'omit' });
      const seen =
        'This page may read answers to requests without cookies, and none to requests with cookies.';
      if (result === 'answered') return one(probe, 'answer-credentials', seen);
    }
    if (probe.token === 'none') return one(probe, hiddenAnswer(probe), NOTHING_READ);
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
    const refusal = await this.#preflights.explain(probe);
    if (!refusal) return hidden(probe);
    // Else the answer to a refused token may be the one that cannot be read.
    const isCertain = status === 401 || valid !== undefined || probe.token !== 'spoiled';
    if (isCertain) this.#preflights.remember(probe, refusal);
    if (isCertain || refusal.id === 'preflight-headers' || refusal.id === 'preflight-wildcard')
      return refused(probe, refusal);
    return { unseen: `the preflight is refused, or the answer cannot be read: ${COMMAND}` };
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

function makesQueue({ subject, method, token }: Probe): boolean {
  return subject === 'linxo' && method === 'POST' && token !== 'spoiled';
}

function one(probe: Probe, id: FindingOptions['id'], seen: string, names?: readonly string[]): Explanation {
  const remedy = { origin: globalThis.origin, ...(names && { names }) };
  return { findings: [finding({ id, subject: probe.subject, request: probe.name, seen, remedy })] };
}

function refused(probe: Probe, { id, seen, names }: Refusal): Explanation {
  return one(probe, id, seen, names);
}

/** The preflight is allowed. A request that was not repeated may have failed by chance. */
function hidden(probe: Probe): Explanation {
  if (makesQueue(probe)) return { unseen: NOT_REPEATED };
  const seen =
    'Other answers of this server can be read, and the answer to this request cannot, or the connection broke off.';
  return one(probe, hiddenAnswer(probe), seen);
}

function hiddenAnswer({ token, expects }: Probe): 'answer-origin' | 'error-answer-origin' {
  const isError = expects === undefined ? token === 'spoiled' : expects === 'error';
  return isError ? 'error-answer-origin' : 'answer-origin';
}

function silence(host: string, isSameOrigin: boolean): string {
  return isSameOrigin
    ? `No request to ${host} gets an answer.`
    : `No request to ${host} gets an answer: the host is unknown or refuses the connection, its certificate is not accepted, it redirects to where no answer comes from, or something in this browser or network blocks it. If its answers have Cross-Origin-Resource-Policy, the cause may be CORS. A page cannot know which.`;
}

function requestKey({ method, url, token, body }: Probe): string {
  return JSON.stringify([method, url.href, token, body]);
}
