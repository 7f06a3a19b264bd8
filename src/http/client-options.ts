import { checkOption, isFunction } from '../check.ts';
import type { Fetch } from './fetch-options.ts';

/** An instance of ky: of whatever copy on the page, from 1.14 on, or of ky 2. */
export interface KyLike {
  (...given: never[]): unknown;
  /** Makes another instance of it. */
  readonly extend: (...given: never[]) => unknown;
  /** Asks for a repeat, in a hook. */
  readonly retry: (...given: never[]) => unknown;
}

/** What a page may say of how requests are sent. */
export interface PageOptions {
  /** The page's own ky: its hooks and headers stay. */
  readonly ky: KyLike | undefined;
  /** Sends in place of the `fetch` of the page's ky, and of the page's. */
  readonly fetch: Fetch | undefined;
  readonly credentials: RequestCredentials | undefined;
}

/** @throws INVALID_OPTIONS */
export function checkClientOptions({ credentials, fetch, ky }: PageOptions): void {
  const modes = [undefined, 'omit', 'same-origin', 'include'];
  checkOption(modes.includes(credentials), 'credentials', "'omit', 'same-origin' or 'include'", credentials);
  checkOption(fetch === undefined || isFunction(fetch), 'fetch', 'a function', fetch);
  // Older ones cannot be told by a hook to repeat a request.
  const isInstance = ky === undefined || (isFunction(ky?.extend) && isFunction(ky?.retry));
  checkOption(isInstance, 'ky', 'an instance of ky 1.14 or later', ky);
}
