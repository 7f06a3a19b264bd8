import type { Exchange, Probe, Sender } from '../../doctor/exchange.ts';
import { type Finding, type FindingOptions, finding } from '../../doctor/finding.ts';
import { insecureOrigin } from '../../http/endpoint.ts';
import { FailureSearch } from './failure-search.ts';
import { pageAnswer } from './page-answer.ts';
import { workerInterference } from './page-interference.ts';
import type { PageRequests } from './page-requests.ts';
import type { PolicyWatch } from './policy-watch.ts';
import type { Body, Outcome } from './send-request.ts';

const BODY_FAULTS = {
  cut: ['body-cut', 'The body of the answer breaks off, or cannot be decoded.'],
  endless: ['endless-answer', 'The body of the answer does not end in time, or is longer than 5 MB.'],
  'not-utf-8': ['body-encoding', 'The body of the answer has bytes that are no UTF-8.'],
} as const;

const MADE_BY_PAGE =
  'a script of this page made the answer, such as its service worker or what replaced fetch: run npx bankside doctor';

/** Sends from the page, with the real CORS and the real policy. */
export class PageSender implements Sender {
  readonly #requests: PageRequests;
  readonly #search: FailureSearch;

  constructor(requests: PageRequests, policy: PolicyWatch) {
    this.#requests = requests;
    this.#search = new FailureSearch(requests, policy);
  }

  async send(probe: Probe): Promise<Exchange> {
    const { url } = probe;
    const isSameOrigin = url.origin === globalThis.origin;
    if (insecureOrigin(url) !== undefined && !isSameOrigin) {
      return found(probe, 'insecure-address', 'The address is plain HTTP. Nothing was sent there.');
    }
    const outcome = this.#search.sentBefore(probe) ?? (await this.#requests.send(probe));
    if (outcome.result !== 'failed') return this.#read(probe, outcome, isSameOrigin);
    const { findings = [], unseen, again } = await this.#search.explain(probe, isSameOrigin);
    return again ? this.#read(probe, again, isSameOrigin) : { findings, answer: undefined, unseen };
  }

  #read(probe: Probe, outcome: Outcome, isSameOrigin: boolean): Exchange {
    if (outcome.result !== 'answered') return found(probe, 'no-answer', 'No status came in time.');
    const { response, body } = outcome;
    // Browsers name the type of what came over the network otherwise.
    if (response.type === 'default') return { findings: [], answer: undefined, unseen: MADE_BY_PAGE };
    const doubt = isOdd(probe, response) ? workerInterference() : undefined;
    if (doubt !== undefined) return { findings: [], answer: undefined, unseen: doubt };
    this.#search.hasRead(probe);
    if (response.type === 'opaqueredirect') {
      return found(probe, 'redirect', 'The answer is a redirect. The browser does not say where it leads.');
    }
    return { findings: faultsOf(probe, body, response), answer: pageAnswer(outcome, isSameOrigin) };
  }
}

/** What a service worker answers where it has no network, or from its cache. */
function isOdd({ token }: Probe, { ok, status }: Response): boolean {
  return status >= 500 || status === 429 || (token === 'spoiled' && ok);
}

function found(probe: Probe, id: FindingOptions['id'], seen: string): Exchange {
  return {
    findings: [finding({ id, subject: probe.subject, request: probe.name, seen })],
    answer: undefined,
  };
}

function faultsOf({ subject, name }: Probe, body: Body, { ok }: Response): readonly Finding[] {
  if (!('fault' in body)) return [];
  // The page of an error may be in any encoding: nothing is read from it.
  if (body.fault === 'not-utf-8' && !ok) return [];
  const [id, seen] = BODY_FAULTS[body.fault];
  return [finding({ id, subject, request: name, seen })];
}
