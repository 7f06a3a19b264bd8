/**
 * What fetch rejected with, without its words: whoever has wrapped it may have put the whole request into
 * them.
 */
export function fetchFailure(error: unknown): Error {
  const kind =
    error instanceof TypeError ? 'a TypeError, as for a failing network, CORS or CSP' : 'another error';
  return new Error(`fetch rejected with ${kind}`);
}
