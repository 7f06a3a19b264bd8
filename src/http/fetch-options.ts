import { checkOption } from '../check-option.ts';
import { isFunction } from '../is-function.ts';
import type { ExchangeOptions } from './exchange.ts';

/** What a page may say of how requests are sent. */
interface FetchOptions {
  readonly credentials: RequestCredentials;
  readonly fetch: ExchangeOptions['fetch'];
}

/** @throws INVALID_OPTIONS */
export function checkFetchOptions({ credentials, fetch }: FetchOptions): void {
  const modes = ['omit', 'same-origin', 'include'];
  checkOption(modes.includes(credentials), 'credentials', "'omit', 'same-origin' or 'include'", credentials);
  checkOption(fetch === undefined || isFunction(fetch), 'fetch', 'a function', fetch);
}
