import type { Probe } from '../../doctor/exchange.ts';
import type { Fault } from '../../doctor/fault.ts';
import type { SubjectName } from '../../doctor/finding.ts';
import {
  dependsOnOrigin,
  dependsPerhaps,
  reflectsPerhaps,
  reflectsStranger,
  STRANGER,
  varyFault,
} from './judge-dependence.ts';
import { isSameOrigin } from './page-origin.ts';
import { type PageSettings, strangersRequest } from './page-request.ts';
import { preflightOf } from './preflight-request.ts';
import type { Quote } from './quote.ts';
import type { RawAnswer, RawRequest } from './raw-answer.ts';

/** What was sent, and what came back. */
export interface Sent {
  readonly probe: Probe;
  /** Of the headers that need permission. */
  readonly names: readonly string[];
  /** The answer to the preflight, where there was one. */
  readonly preflight: RawAnswer | undefined;
  readonly answer: RawAnswer;
}

/** Sends as a browser would. `undefined`: no answer came. */
type Send = (request: RawRequest) => Promise<RawAnswer | undefined>;

/** Asks once for each subject what a page of another origin would get, and judges how the answers differ. */
export class OriginComparison {
  readonly #page: PageSettings;
  readonly #quote: Quote;
  /** By subject: whether its answers depend on the origin. */
  readonly #depends = new Map<SubjectName, boolean>();
  /** Those whose preflight for another origin is known. */
  readonly #preflights = new Set<SubjectName>();
  readonly #reflecting = new Set<SubjectName>();

  constructor(page: PageSettings, quote: Quote) {
    this.#page = page;
    this.#quote = quote;
  }

  async faultsOf(sent: Sent, send: Send): Promise<readonly Fault[]> {
    const { subject, method, url } = sent.probe;
    if (isSameOrigin(url, this.#page)) return [];
    const reflected = (await this.#compareAnswers(sent, send)) ?? (await this.#comparePreflights(sent, send));
    // Caches store what is read. Of the queue, which is also read, nothing else counts.
    const counts = subject !== 'linxo' || method === 'GET';
    const depends = this.#depends.get(subject) && dependsPerhaps(sent.answer, this.#page, this.#quote);
    const ofVary = counts && depends ? varyFault(sent.answer, method) : undefined;
    const faults = [ofVary, reflected].filter((fault) => fault !== undefined);
    const { origin, credentials } = this.#page;
    return faults.map((fault) => ({ ...fault, remedy: { origin, credentials, names: sent.names } }));
  }

  /** A subscription without a token is not repeated: where the gateway adds the token, that would make another queue. */
  async #compareAnswers({ probe, answer }: Sent, send: Send): Promise<Fault | undefined> {
    const { subject, method, token } = probe;
    const isHarmless = subject !== 'linxo' || method === 'GET' || token !== 'none';
    if (!isHarmless || this.#depends.has(subject)) return undefined;
    if (!dependsPerhaps(answer, this.#page, this.#quote)) return undefined;
    const theirs = await send(strangersRequest(probe, this.#page, STRANGER));
    this.#depends.set(subject, theirs !== undefined && dependsOnOrigin(answer, theirs, this.#page));
    return this.#reflected(subject, theirs, 'A request');
  }

  /** Answers that refuse a token often have their own headers, while preflights are answered as successful requests are. */
  async #comparePreflights({ probe, names, preflight }: Sent, send: Send): Promise<Fault | undefined> {
    const { subject } = probe;
    if (this.#preflights.has(subject) || this.#reflecting.has(subject)) return undefined;
    if (!preflight || !reflectsPerhaps(preflight, this.#page)) return undefined;
    this.#preflights.add(subject);
    return this.#reflected(subject, await send(preflightOf(probe, names, STRANGER)), 'A preflight');
  }

  #reflected(subject: SubjectName, theirs: RawAnswer | undefined, what: string): Fault | undefined {
    if (!theirs || !reflectsStranger(theirs)) return undefined;
    this.#reflecting.add(subject);
    const seen = `${what} from ${STRANGER} gets that origin in Access-Control-Allow-Origin, with credentials allowed.`;
    return { id: 'origin-reflected', seen };
  }
}
