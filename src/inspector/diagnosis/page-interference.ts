import { attempt } from '../../check.ts';

/** What of this page may change, answer or stop its requests, in words that can follow a colon. `undefined`: nothing that is known. */
export function pageInterference(): string | undefined {
  if (!isNative(globalThis.fetch))
    return 'a script of this page has replaced fetch, and may change requests or fail: run npx bankside doctor';
  return workerInterference();
}

/** The same of a service worker: what it answers looks like an answer of the server. */
export function workerInterference(): string | undefined {
  // A sandboxed frame may not read it.
  const controller = attempt(() => navigator.serviceWorker?.controller);
  return controller
    ? 'the service worker of this page may have answered or failed: run it again without that'
    : undefined;
}

function isNative(run: unknown): boolean {
  return attempt(() => String(run).includes('[native code]')) === true;
}
