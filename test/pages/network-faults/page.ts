import { httpTransport, isBanksideError, WidgetBridge } from '../../../src/index.ts';

// A bank's page that sends one request to the gateway. Its address says which one, and how. Its title is the outcome.

const DONE = 'The request is over';

const asked = new URLSearchParams(location.search);
const gateway = asked.get('gateway') ?? '';

const transport = httpTransport({
  endpoints: { pserver: gateway },
  authToken: () => 'token',
  credentials: asked.has('cookies') ? 'include' : 'same-origin',
  retry: { limit: 0 },
});
const bridge = new WidgetBridge({ transport });

async function ask(): Promise<void> {
  document.title = await bridge.send('pserver', { type: 'getInsights' }).then(
    () => 'answered',
    (error) => (isBanksideError(error) ? `${error.code}: ${error.message}` : `${error}`),
  );
  // What the browser says of the request comes before it.
  setTimeout(() => console.info(DONE), 100);
}

/**
 * Waits until the page's service worker sees its requests.
 *
 * @param to Where the worker sends them.
 */
async function useWorker(to: string): Promise<void> {
  const controlled = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
  });
  await navigator.serviceWorker.register(`/worker.js?to=${encodeURIComponent(to)}`);
  if (!navigator.serviceWorker.controller) await controlled;
}

Object.assign(globalThis, { ask });
const worker = asked.get('worker');
if (worker) void useWorker(worker).then(ask);
else if (!asked.has('wait')) void ask();
