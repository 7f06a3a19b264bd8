import { attempt, invalidOption, isFunction } from '../check.ts';

/** Another window that sends messages to this one. */
export interface OtherWindow {
  /** The window of the moment. */
  readonly source: () => Window | null | undefined;
  readonly origin: string;
}

/** Whether a message came from this window, while it showed that origin. */
export function isFrom({ source, origin }: OtherWindow, event: MessageEvent): boolean {
  // If neither is a window, `event.source` and `source()` are equal.
  return !!event.source && event.source === source() && event.origin === origin;
}

/** The options `source` and `origin`. @throws INVALID_OPTIONS */
export function readOtherWindow(source: unknown, origin: unknown): OtherWindow {
  return { source: readSource(source), origin: readOrigin(origin) };
}

/**
 * An option that is another window. Checks only `postMessage`, since a page can read little else of a window of another origin.
 *
 * @throws INVALID_OPTIONS
 */
export function readWindow(option: string, value: unknown): Window {
  const isThisOne = value === globalThis;
  const isWindow = attempt(() => isFunction((value as Window).postMessage));
  if (isWindow && !isThisOne) return value as Window;
  throw invalidOption(option, 'another window', isThisOne ? 'this very one' : [value]);
}

function readSource(source: unknown): OtherWindow['source'] {
  if (isFunction(source)) return () => attempt(source as OtherWindow['source']);
  const known = readWindow('source', source);
  return () => known;
}

const EXPECTED =
  "an origin such as 'https://bank.example' or 'capacitor://localhost' (for a frame without an origin, use a port)";

/** The schemes of pages on the web. */
const WEB = /^(https?|wss?|ftp):/i;

/** Addresses that give their page no origin: browsers write 'null'. */
const WITHOUT_ORIGIN = /^(about|blob|data|file|javascript):/i;

/** The origin of an app's or an extension's page, as browsers write it. Not by `URL`: most engines give it no origin there. */
const APP_ORIGIN = /^([a-z][a-z\d+.-]*:\/\/)([a-z\d._-]+|\[[a-f\d:.]+\])(:\d+)?$/;

/**
 * The option `origin`, as browsers write it in `event.origin`. It may end in a slash, and have white space around it. A path is
 * an error: it would have no effect.
 *
 * @throws INVALID_OPTIONS
 */
export function readOrigin(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  const origin = WEB.test(text) ? webOrigin(text) : appOrigin(text);
  if (origin) return origin;
  // No more of the address is shown, since it may contain a secret.
  const [scheme] = WITHOUT_ORIGIN.exec(text) ?? [];
  if (scheme) throw invalidOption('origin', EXPECTED, `a page of '${scheme}', which has no origin`);
  throw invalidOption('origin', EXPECTED, text === '*' || text === 'null' ? `'${text}'` : [value]);
}

function webOrigin(text: string): string | undefined {
  const url = attempt(() => new URL(text));
  return url?.href === `${url?.origin}/` ? url?.origin : undefined;
}

function appOrigin(text: string): string | undefined {
  const origin = text.toLowerCase().replace(/\/$/, '');
  const [, scheme, host, port = ''] = APP_ORIGIN.exec(origin) ?? [];
  if (!host || WITHOUT_ORIGIN.test(origin)) return undefined;
  const written = host.startsWith('[') ? ipv6Host(host) : host;
  return written && `${scheme}${written}${port}`;
}

/** Browsers write the shortest form of an address. They all do so for `http`, not for the schemes of apps. */
function ipv6Host(host: string): string | undefined {
  return attempt(() => new URL(`http://${host}`).hostname);
}
