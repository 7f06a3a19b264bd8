import type { Answer, Exchange, Probe, Sender } from '../../doctor/exchange.ts';
import { type Fault, findingsOf } from '../../doctor/fault.ts';
import { insecureOrigin } from '../../http/endpoint.ts';
import { checkOrigin } from './check-origin.ts';
import { OriginComparison } from './compare-origins.ts';
import { connectionFault } from './connection-fault.ts';
import { type DecodedBody, decodeBody } from './decode-body.ts';
import { exchangeRaw } from './exchange-raw.ts';
import { versionFaults } from './http-version.ts';
import { isExposed, judgeAnswer, malformedList } from './judge-answer.ts';
import { judgePreflight } from './judge-preflight.ts';
import { isSameOrigin } from './page-origin.ts';
import { type PageSettings, pageHeaders, requestOf } from './page-request.ts';
import { headersToAllow, preflightOf } from './preflight-request.ts';
import { createQuote, type Quote } from './quote.ts';
import { joinedValue, type RawAnswer, type RawRequest } from './raw-answer.ts';
import { isRedirect, redirectFault } from './redirect.ts';
import { secretsOf } from './secrets.ts';
import { unreadReason } from './unread-answer.ts';

export interface NodeSenderOptions extends PageSettings {
  /** What is not to be shown. @default the tokens and cookies */
  readonly secrets?: readonly string[] | undefined;
  /** In ms: until a status comes, and again until the body ends. @default 10_000 */
  readonly timeout?: number | undefined;
  /** Certificates of authorities to trust beside those that Node knows, in PEM. */
  readonly ca?: string | undefined;
}

/** What came of a preflight: its answer with what is wrong with that, or why there was none. */
interface Preflight {
  readonly answer?: RawAnswer;
  readonly faults: readonly Fault[];
  readonly failure?: Fault;
  /** Why its answer is not known. */
  readonly unread?: string;
}

/** An answer that came, and is not known. */
interface Unread {
  readonly unread: string;
}

type Outcome = RawAnswer | Fault | Unread;

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
  readonly #comparison: OriginComparison;

  constructor(options: NodeSenderOptions) {
    const { timeout = 10_000, secrets = secretsOf(options) } = options;
    this.#options = options;
    this.#timeout = timeout;
    this.#quote = createQuote(secrets);
    this.#comparison = new OriginComparison(options, this.#quote);
  }

  async send(probe: Probe, signal: AbortSignal): Promise<Exchange> {
    signal.throwIfAborted();
    if (insecureOrigin(probe.url) !== undefined) {
      const seen = 'The address is plain HTTP, and not of this machine.';
      return { findings: findingsOf([{ id: 'insecure-address', seen }], probe), answer: undefined };
    }
    const headers = pageHeaders(probe, this.#options);
    const request = requestOf(probe, headers, this.#options);
    const names = headersToAllow(headers);
    const preflight = await this.#preflight(request, names, signal);
    const came = await this.#exchange(request, signal);
    const ofPreflight = { subject: probe.subject, name: `the preflight of ${probe.name}` };
    if (!isAnswer(came)) {
      const faults = isFault(came) ? [came] : [];
      return {
        findings: [...findingsOf(preflight.faults, ofPreflight), ...findingsOf(faults, probe)],
        answer: undefined,
        unseen: isFault(came) ? undefined : came.unread,
      };
    }
    const body = decodeBody(came);
    const faults = [
      ...this.#answerFaults(came, probe.url, names),
      ...versionFaults(came, probe.url),
      ...(body.fault ? [body.fault] : []),
      ...(await this.#comparison.faultsOf(
        { probe, names, preflight: preflight.answer, answer: came },
        async (stranger) => orNothing(await this.#exchange(stranger, signal)),
      )),
    ];
    return {
      findings: [
        ...findingsOf([...preflight.faults, ...failures(preflight)], ofPreflight),
        ...findingsOf(faults, probe),
      ],
      answer: this.#answerOf(came, body, probe.url),
      unseen: preflight.unread,
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
    if (!isAnswer(came)) return { faults: [], unread: came.unread };
    return { answer: came, faults: judgePreflight(came, { url, page, names }, this.#quote) };
  }

  async #exchange(request: RawRequest, signal: AbortSignal): Promise<Outcome> {
    try {
      return await exchangeRaw(request, { timeout: this.#timeout, signal, ca: this.#options.ca });
    } catch (error) {
      signal.throwIfAborted();
      const unread = unreadReason(error);
      if (unread !== undefined) return { unread };
      return connectionFault(error, {
        url: request.url,
        timeout: this.#timeout,
        quote: this.#quote,
        hasCa: this.#options.ca !== undefined,
      });
    }
  }

  #answerFaults(answer: RawAnswer, url: URL, names: readonly string[]): readonly Fault[] {
    const page = this.#options;
    if (isRedirect(answer.status)) return [redirectFault(answer, url, this.#quote)];
    const ofCors = isSameOrigin(url, page) ? [] : judgeAnswer(answer, page, names, this.#quote);
    const isOdd = answer.status >= 300 && answer.status < 400;
    return isOdd ? [{ id: 'server-error', seen: `The status is ${answer.status}.` }, ...ofCors] : ofCors;
  }

  /** `undefined` if no page could use it: of a redirect, and of a body that did not come as it was meant. */
  #answerOf(answer: RawAnswer, { text, isWhole }: DecodedBody, url: URL): Answer | undefined {
    const { status, headers, sentAt, answeredAt } = answer;
    if (isRedirect(status) || (!isWhole && status < 400)) return undefined;
    return {
      status,
      header: (name) => {
        const isReadable = isExposed(headers, name, url, this.#options);
        const value = joinedValue(headers, name.toLowerCase());
        return { value, isReadable, whyHidden: isReadable ? undefined : malformedList(headers) };
      },
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

function orNothing(came: Outcome): RawAnswer | undefined {
  return isAnswer(came) ? came : undefined;
}

function isAnswer(came: Outcome): came is RawAnswer {
  return 'status' in came;
}

function isFault(came: Outcome): came is Fault {
  return 'id' in came;
}
