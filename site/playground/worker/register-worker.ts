import { scriptAddress } from './script-address.ts';

/** How long the worker may take to become active, in ms. */
const PATIENCE = 5_000;

/**
 * Registers the worker that stands beside the page, and resolves once it is active.
 *
 * @throws Error with a sentence that says why there is none, after 5 s at the latest.
 */
export function registerWorker(): Promise<ServiceWorker> {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return Promise.reject(new Error('This window has no service workers.'));
  return inTime(activeWorker(serviceWorker));
}

async function activeWorker(container: ServiceWorkerContainer): Promise<ServiceWorker> {
  const address = scriptAddress('sandbox-worker.js') as string;
  const registration = await container.register(address, { scope: './', updateViaCache: 'none' });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker) throw new Error('The service worker was not installed.');
  while (worker.state !== 'activated') {
    if (worker.state === 'redundant') throw new Error('The service worker was not installed.');
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  }
  return worker;
}

/** Resolves once the worker gets the requests of this page. */
export async function whenControlled(): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) return;
  await inTime(
    new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true })),
  );
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The service worker does not start.')), PATIENCE);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
