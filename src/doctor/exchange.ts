import type { Finding, SubjectName } from './finding.ts';

/** The token that a request carries. `spoiled`: one that no server accepts. `none`: the gateway adds it, or there is no token. */
type TokenState = 'none' | 'spoiled' | 'valid';

/** A request that a page would send. */
export interface Probe {
  readonly subject: SubjectName;
  /** In words, for findings: `POST /pserver/execute, with a token that is not valid`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly token: TokenState;
  /** JSON. It is sent with `content-type: application/json`. */
  readonly body?: string | undefined;
  /** What a right server answers. Where a page may not read the answer, this says which kind is hidden. Default: by the token. */
  readonly expects?: 'success' | 'error' | undefined;
}

/** A header of an answer, as far as it is known. */
export interface SeenHeader {
  readonly value: string | undefined;
  /** Whether a page may read it, once it may read the answer. Of a header that is missing: whether it could. */
  readonly isReadable: boolean;
  /** Why a page may not, where it is not that the name is missing: in words that can follow a colon. */
  readonly whyHidden?: string | undefined;
}

/** An answer with everything that could be seen of it: all of it in Node, in a page what CORS lets through. */
export interface Answer {
  readonly status: number;
  header(name: string): SeenHeader;
  /** Whether a header without a value is missing: in a page, it may be hidden. */
  readonly seesAllHeaders: boolean;
  /** Whether the page may read the answer: it is of the same origin, or CORS allows it. In a page, always `true`. */
  readonly allowsPage: boolean;
  /** Whether the address has the page's own origin: CORS does not apply, and no preflight is sent. */
  readonly isSameOrigin: boolean;
  /** The body. */
  readonly text: string;
  /** When the request was sent and when the status came, in unix ms. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** What came of a request. */
export interface Exchange {
  /** What is wrong with the way there and back: the connection, the preflight, CORS, the form of the HTTP. */
  readonly findings: readonly Finding[];
  /** `undefined`: none came, or the page may not read it. */
  readonly answer: Answer | undefined;
  /** Why nothing can be said of the answer, or of its preflight. Without a finding, the check is skipped for this reason. */
  readonly unseen?: string | undefined;
}

/** Sends as a page would. Never rejects but with the reason of the signal: what fails is a finding. */
export interface Sender {
  send(probe: Probe, signal: AbortSignal): Promise<Exchange>;
}
