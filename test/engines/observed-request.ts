/** One request that a page under test has made. */
export interface ObservedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** The outcome: `aborted` by the page, or `failed` at the server before the answer was complete. */
  readonly status: number | 'pending' | 'aborted' | 'failed';
}

/** Requests that a test makes fail on purpose. */
export interface AllowedFailure {
  /** Without the query. */
  readonly path: string;
  readonly status: number | 'aborted' | 'failed';
}

/**
 * The icon that a browser requests by itself. The browser aborts that request if the page is closed meanwhile: a
 * race that no page causes.
 */
const icon = /\/(fav)?icon\.\w+$/;

/** The failed requests, except the allowed ones. A pending request is no failure. */
export function failuresAmong(
  requests: readonly ObservedRequest[],
  allowed: readonly AllowedFailure[],
): readonly ObservedRequest[] {
  return requests.filter(({ path, status }) => {
    if (status === 'pending' || (typeof status === 'number' && status < 400)) return false;
    const pathname = path.split('?')[0] ?? '';
    if (status === 'aborted' && icon.test(pathname)) return false;
    return !allowed.some((failure) => failure.path === pathname && failure.status === status);
  });
}
