import type { Answer, Exchange, Probe, Sender } from '../../doctor/exchange.ts';
import { type Fault, findingsOf } from '../../doctor/fault.ts';
import type { SubjectName } from '../../doctor/finding.ts';
import { insecureOrigin } from '../../http/endpoint.ts';
import { checkOrigin } from './check-origin.ts';
import { connectionFault } from './connection-fault.ts';
import { type DecodedBody, decodeBody } from './decode-body.ts';
import { exchangeRaw } from './exchange-raw.ts';
import { versionFaults } from './http-version.ts';
import { isExposed, judgeAnswer } from './judge-answer.ts';
import { dependsPerhaps, judgeDependence, STRANGER } from './judge-dependence.ts';
import { judgePreflight } from './judge-preflight.ts';
import { isSameOrigin } from './page-origin.ts';
import { type PageSettings, pageHeaders, requestOf, strangersRequest } from './page-request.ts';
import { headersToAllow, preflightOf } from './preflight-request.ts';
import { createQuote, type Quote } from './quote.ts';
import { joinedValue, type RawAnswer, type RawRequest } from './raw-answer.ts';
import { isRedirect, redirectFault } from './redirect.ts';

export interface NodeSenderOptions extends PageSettings {
  /** In ms: until a status comes, and again until the body ends. @default 10_000 */
  readonly timeout?: number | undefined;
  /** Certificates of authorities to trust beside those that Node knows, in PEM. */
  readonly ca?: string | undefined;
}

/** What came of a preflight: what is wrong with its answer, or why there was none. */
interface Preflight {
  readonly faults: readonly Fault[];
  readonly failure?: Fault;
}

const NONE_NEEDED: Preflight = { faults: [] };

/**
 * Sends from Node what a browser would send for a page. Where a browser would stop, such as after a preflight that is refused, it
 * goes on, so that one fault does not hide the next. Each request has a connection of its own, which ends with it.
 */
export function createNodeSender(options: NodeSenderOptions): Sender {
  return new NodeSender(options);
}

class NodeSender implements Sender {
  readonly #options: NodeSenderOptions;
  readonly #timeout: number;
  readonly #quote: Quote;
  /** By address, method and headers, as in a browser's cache. */
  readonly #preflights = new Map<string, Promise<Preflight>>();
  /** Those whose answer to another origin is known. */
  readonly #compared = new Set<SubjectName>();

  constructor(options: NodeSenderOptions) {
    const { tokens, headers, cookie, timeout = 10_000 } = options;
    this.#options = options;
    this.#timeout = timeout;
    const values = headers.map(([, value]) => value);
    this.#quote = createQuote([tokens.authToken, tokens.accessToken, cookie, ...values]);
  }

  async send(probe: Probe, signal: AbortSignal): Promise<Exchange> {
    signal.throwIfAborted();
    if (insecureOrigin(probe.url) !== undefined) {
      const seen = 'The address is plain HTTP, and not of this machine.';
      return { findings: findingsOf([{ id: 'insecure-address', seen }], probe), answer: undefined };
    }
    const headers = pageHeaders(probe, this.#options);
    const request = requestOf(probe, headers, this.#options);
    const preflight = await this.#preflight(request, headersToAllow(headers), signal);
    const came = await this.#exchange(request, signal);
    const ofPreflight = { subject: probe.subject, name: `the preflight of ${probe.name}` };
    if (isFault(came)) {
      return {
        findings: [...findingsOf(preflight.faults, ofPreflight), ...findingsOf([came], probe)],
        answer: undefined,
      };
    }
    const body = decodeBody(came);
    const faults = [
      ...this.#answerFaults(came, probe.url),
      ...versionFaults(came, probe.url),
      ...(body.fault ? [body.fault] : []),
      ...(await this.#compareOrigins(probe, came, signal)),
    ];
    return {
      findings: [
        ...findingsOf([...preflight.faults, ...failures(preflight)], ofPreflight),
        ...findingsOf(faults, probe),
      ],
      answer: this.#answerOf(came, body, probe.url),
    };
  }

  /** Sends the preflight of a request, once for all requests that need the same. */
  async #preflight(request: RawRequest, names: readonly string[], signal: AbortSignal): Promise<Preflight> {
    // GET and POST need permission only for their headers.
    if (isSameOrigin(request.url, this.#options) || !names.length) return NONE_NEEDED;
    const key = [request.method, request.url.href, ...names].join(' ');
    const known = this.#preflights.get(key) ?? this.#sendPreflight(request, names, signal);
    this.#preflights.set(key, known);
    return known;
  }

  async #sendPreflight(
    request: RawRequest,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<Preflight> {
    const { url } = request;
    const page = this.#options;
    const came = await this.#exchange(preflightOf(request, names, page.origin), signal);
    if (isFault(came)) return { faults: [], failure: came };
    return { faults: judgePreflight(came, { url, page, names }, this.#quote) };
  }

  async #exchange(request: RawRequest, signal: AbortSignal): Promise<RawAnswer | Fault> {
    try {
      return await exchangeRaw(request, { timeout: this.#timeout, signal, ca: this.#options.ca });
    } catch (error) {
      signal.throwIfAborted();
      return connectionFault(error, { url: request.url, timeout: this.#timeout, quote: this.#quote });
    }
  }

  #answerFaults(answer: RawAnswer, url: URL): readonly Fault[] {
    if (isRedirect(answer.status)) return [redirectFault(answer, url, this.#quote)];
    const ofCors = isSameOrigin(url, this.#options) ? [] : judgeAnswer(answer, this.#options, this.#quote);
    const isOdd = answer.status >= 300 && answer.status < 400;
    return isOdd ? [{ id: 'server-error', seen: `The status is ${answer.status}.` }, ...ofCors] : ofCors;
  }

  /**
   * Asks once for each subject what a page of another origin would get. A subscription without a token is not repeated: where the
   * gateway adds the token, that would make another queue.
   */
  async #compareOrigins(probe: Probe, answer: RawAnswer, signal: AbortSignal): Promise<readonly Fault[]> {
    const { subject, method, url, token } = probe;
    const isHarmless = subject !== 'linxo' || method === 'GET' || token !== 'none';
    const isDone = this.#compared.has(subject) || isSameOrigin(url, this.#options);
    if (!isHarmless || isDone || !dependsPerhaps(answer, this.#options, this.#quote)) return [];
    this.#compared.add(subject);
    const theirs = await this.#exchange(strangersRequest(probe, this.#options, STRANGER), signal);
    return isFault(theirs) ? [] : judgeDependence(answer, theirs, this.#options);
  }

  /** `undefined` if no page could use it: of a redirect, and of a body that did not come as it was meant. */
  #answerOf(answer: RawAnswer, { text, isWhole }: DecodedBody, url: URL): Answer | undefined {
    const { status, headers, sentAt, answeredAt } = answer;
    if (isRedirect(status) || (!isWhole && status < 400)) return undefined;
    return {
      status,
      header: (name) => ({
        value: joinedValue(headers, name.toLowerCase()),
        isReadable: isExposed(headers, name, url, this.#options),
      }),
      seesAllHeaders: true,
      allowsPage: isSameOrigin(url, this.#options) || !checkOrigin(headers, this.#options, this.#quote),
      isSameOrigin: isSameOrigin(url, this.#options),
      text,
      sentAt,
      answeredAt,
    };
  }
}

/** The request itself was answered: then it is the preflight alone that the server does not answer. */
function failures({ failure }: Preflight): readonly Fault[] {
  return failure ? [{ id: 'preflight-refused', seen: failure.seen }] : [];
}

function isFault(came: RawAnswer | Fault): came is Fault {
  return 'id' in came;
}
