/** One request that a page under test has made. */
export interface ObservedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** What became of it: `aborted` by the page, `failed` at the server before its answer was complete. */
  readonly status: number | 'pending' | 'aborted' | 'failed';
}

/** Requests that a test makes fail on purpose. */
export interface AllowedFailure {
  /** Without the query. */
  readonly path: string;
  readonly status: number | 'aborted' | 'failed';
}

/**
 * What a browser asks for by itself to show beside a page's title, wherever a page has it. If the page is left meanwhile, it gives that up: whether a
 * test comes to see that is a matter of milliseconds, and no page's doing.
 */
const icon = /\/(fav)?icon\.\w+$/;

/** The requests that came to nothing, but for those allowed. One that still waits is no failure. */
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
