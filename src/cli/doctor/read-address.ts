import { attempt } from '../../check.ts';
import { UsageError } from '../command.ts';

/**
 * The address of a server. It may have a query, which is sent, and never shown.
 *
 * @throws UsageError without the address: it may hold a secret.
 */
export function readAddress(flag: string, text: string): URL {
  const url = attempt(() => new URL(text));
  if (!url)
    throw new UsageError(
      `${flag} must be a whole address, such as https://gateway.bank.example/pserver/execute.`,
    );
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new UsageError(`${flag} must be an address that begins with https:// or http://.`);
  if (url.username || url.password)
    throw new UsageError(`${flag} must be an address without a user name or password.`);
  url.hash = '';
  return url;
}

/** The `baseUrl` of a poller: its query is not sent, as by the poller itself. */
export function readBaseAddress(flag: string, text: string): URL {
  const url = readAddress(flag, text);
  url.search = '';
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}

/**
 * The origin of a page, as browsers write it in the header `Origin`. Apps have schemes of their own: `capacitor://localhost`.
 *
 * @throws UsageError that says which part of an address is the origin.
 */
export function readOrigin(text: string): string {
  if (text === 'null') return text;
  const url = attempt(() => new URL(text));
  if (!url) throw new UsageError('--origin must be an origin, such as https://www.bank.example.');
  if (url.protocol === 'file:')
    throw new UsageError('--origin: a page from a file has the origin null. Write --origin null.');
  if (!url.host)
    throw new UsageError('--origin must be an origin with a host, such as https://www.bank.example.');
  const origin = `${url.protocol}//${url.host}`.toLowerCase();
  const isOrigin = !url.username && !url.password && !url.search && !url.hash && /^\/?$/.test(url.pathname);
  if (!isOrigin)
    throw new UsageError(`--origin must be an origin, not a whole address: give --origin ${origin}`);
  return origin;
}
