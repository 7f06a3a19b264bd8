/** The gateways that banks use. */
export type GatewayName = 'nginx' | 'apache' | 'spring' | 'envoy' | 'azure';

/** What can be configured. */
export type RemedyKind =
  | 'allow-origin'
  | 'one-origin'
  | 'open-preflight'
  | 'allow-headers'
  | 'allow-credentials'
  | 'max-age'
  | 'expose-header'
  | 'vary'
  | 'no-store'
  | 'no-cache'
  | 'answer-401'
  | 'retry-after'
  | 'body-size'
  | 'compression'
  | 'http2'
  | 'policy'
  | 'framing';

/** What is to be configured, and the values for it. None of them comes from an answer of a server. */
export interface Remedy {
  readonly kind: RemedyKind;
  /** The page's origin. */
  readonly origin?: string;
  /** Whether the page sends cookies. Then the lines about its origin allow that too. */
  readonly credentials?: boolean;
  /** Headers that the list needs beside those that every page needs. */
  readonly names?: readonly string[];
  /** The whole directive of a content security policy: `connect-src 'self' https://gateway.bank.example`. */
  readonly directive?: string;
}

/** The values of a remedy, checked: nothing in them can end a string of a configuration. */
export interface Values {
  readonly origin: string;
  readonly credentials: boolean;
  /** The whole list of headers. It is empty where the check does not know it. */
  readonly names: readonly string[];
  /** The same, joined by a comma and a space. */
  readonly list: string;
  readonly directive: string;
}

/** Writes the configuration of one gateway. */
export type Recipes = Readonly<Record<RemedyKind, (values: Values) => string>>;
