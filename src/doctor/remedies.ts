import { apache } from './remedies/apache.ts';
import { azure } from './remedies/azure.ts';
import { envoy } from './remedies/envoy.ts';
import { nginx } from './remedies/nginx.ts';
import type { GatewayName, Recipes, Remedy, RemedyKind, Values } from './remedies/remedy.ts';
import { spring } from './remedies/spring.ts';

export type { GatewayName, Remedy } from './remedies/remedy.ts';

/** Lines of configuration for each gateway. */
export type Fixes = Readonly<Record<GatewayName, string>>;

const GATEWAYS: Readonly<Record<GatewayName, Recipes>> = { nginx, apache, spring, envoy, azure };

/** The header that ends the fault, where one does. */
const HEADERS: Readonly<Partial<Record<RemedyKind, (values: Values) => string>>> = {
  'allow-origin': ({ origin }) => `Access-Control-Allow-Origin: ${origin}`,
  'one-origin': ({ origin }) => `Access-Control-Allow-Origin: ${origin}`,
  'allow-headers': ({ list }) => `Access-Control-Allow-Headers: ${list}`,
  'allow-credentials': () => 'Access-Control-Allow-Credentials: true',
  'max-age': () => 'Access-Control-Max-Age: 7200',
  'expose-header': ({ list }) => `Access-Control-Expose-Headers: ${list}`,
  vary: () => 'Vary: Origin',
  'no-store': () => 'Cache-Control: no-store',
  'retry-after': () => 'Retry-After: 30',
  policy: ({ directive }) => `Content-Security-Policy: ${directive}`,
  framing: ({ directive }) => `Content-Security-Policy: ${directive}`,
};

/** What a kind cannot be configured without. */
const NEEDED: Readonly<Partial<Record<RemedyKind, readonly ('origin' | 'directive')[]>>> = {
  'allow-origin': ['origin'],
  'one-origin': ['origin'],
  'open-preflight': ['origin'],
  'allow-credentials': ['origin'],
  policy: ['directive'],
  framing: ['directive'],
};

/**
 * The header to add, and the lines of configuration for each gateway. Nothing where a value is missing, or has a character that a
 * configuration could understand: the lines are pasted into the gateway of a bank.
 */
export function fixesFor(remedy: Remedy): { readonly header?: string; readonly fixes?: Fixes } {
  const values = valuesOf(remedy);
  if (!values) return {};
  const { kind } = remedy;
  const header = HEADERS[kind]?.(values);
  const lines = (gateway: GatewayName): string => GATEWAYS[gateway][kind](values);
  const fixes = {
    nginx: lines('nginx'),
    apache: lines('apache'),
    spring: lines('spring'),
    envoy: lines('envoy'),
    azure: lines('azure'),
  };
  return { ...(header !== undefined && { header }), fixes };
}

function valuesOf(remedy: Remedy): Values | undefined {
  const { kind, origin = '', credentials = false, directive = '' } = remedy;
  if (NEEDED[kind]?.some((key) => !remedy[key]?.length)) return undefined;
  const names = namesOf(remedy);
  const isSafe = ORIGIN.test(origin) && names.every((name) => NAME.test(name)) && DIRECTIVE.test(directive);
  return isSafe ? { origin, credentials, names, list: names.join(', '), directive } : undefined;
}

/** A list is shown whole, since it replaces the old one: what every page needs, also of other servers, and what the check adds. */
function namesOf({ kind, names }: Remedy): readonly string[] {
  const usual = USUAL[kind] ?? (names ? ALLOWED : []);
  const isUsual = (name: string): boolean =>
    usual.some((known) => known.toLowerCase() === name.toLowerCase());
  return [...usual, ...(names ?? []).filter((name) => !isUsual(name))];
}

const ALLOWED = ['authorization', 'authToken', 'content-type'];
const USUAL: Readonly<Partial<Record<RemedyKind, readonly string[]>>> = {
  'open-preflight': ALLOWED,
  'allow-headers': ALLOWED,
  'expose-header': ['Location', 'Retry-After', 'Date'],
};

/** An origin, `null`, or nothing. */
const ORIGIN = /^(?:null|[a-z][a-z\d+.-]*:\/\/(?:[a-z\d.-]+|\[[a-f\d:.]+\])(?::\d{1,5})?)?$/i;
/** Names of headers may have a quote, a `$` or a `%`: none that anyone uses has. */
const NAME = /^[\w-]+$/;
/** Single quotes stand around keywords only, and no configuration below has them around a directive. */
const DIRECTIVE = /^[\w '*+./:=-]*$/;
