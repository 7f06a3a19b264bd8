import { API } from './api.ts';
import type { MessageToPage, MessageToWorker, SandboxWish } from './commands.ts';
import { loadSandbox } from './load-sandbox.ts';
import type { PlaygroundSandbox } from './playground-sandbox.ts';
import { SandboxesOfPages } from './sandboxes-of-pages.ts';
import { UntilReplaced } from './until-replaced.ts';
import type { MessageOfPage, WorkerClient, WorkerScope } from './worker-scope.ts';

// The service worker of the playground: each page that opens a sandbox has its own, and no request of it leaves the browser.
// It keeps nothing, and leaves all other addresses to the network.

const scope = globalThis as unknown as WorkerScope;
const folder = new URL(API, scope.registration.scope).href;
const sandboxes = new SandboxesOfPages();
const untilReplaced = new UntilReplaced(scope.registration.scope);

scope.addEventListener('install', (event) => {
  untilReplaced.announce();
  event.waitUntil(scope.skipWaiting());
});
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { clientId, request } = event;
  if (request.url.startsWith(folder)) event.respondWith(untilReplaced.answer(answer(clientId, request)));
});

scope.addEventListener('message', (event) => {
  const message = event.data as MessageToWorker;
  // That it came is enough for the browser. Work that lasts would keep a new version of the worker from taking over.
  if (message.kind !== 'stay') event.waitUntil(reply(event, message));
});

async function answer(clientId: string, request: Request): Promise<Response> {
  const sandbox = await sandboxOf(clientId);
  return sandbox?.respond(request) ?? new Response('This page has no sandbox.', { status: 503 });
}

/** The worker was ended in between, or is a new version, if it does not know the page. The page then opens its sandbox again. */
async function sandboxOf(clientId: string): Promise<PlaygroundSandbox | undefined> {
  const known = sandboxes.get(clientId);
  if (known) return known;
  const client = await scope.clients.get(clientId);
  if (!client) return undefined;
  const opened = sandboxes.whenOpen(clientId);
  send(client, { kind: 'reopen' });
  return opened;
}

async function reply({ source, ports: [port] }: MessageOfPage, message: Heeded): Promise<void> {
  try {
    port?.postMessage({ result: await carryOut(source, message) });
  } catch (error) {
    port?.postMessage({ refusal: error instanceof Error ? error.message : String(error) });
  }
}

type Heeded = Exclude<MessageToWorker, { readonly kind: 'stay' }>;

async function carryOut(source: WorkerClient, message: Heeded): Promise<unknown> {
  switch (message.kind) {
    case 'check':
      new (await loadSandbox())(message.wish, () => {}).close();
      return undefined;
    case 'open':
      return open(source, message.wish);
    case 'run':
      return (await sandboxOf(source.id))?.run(message.name, message.given as never);
  }
}

async function open(source: WorkerClient, wish: SandboxWish): Promise<void> {
  const PlaygroundSandbox = await loadSandbox();
  sandboxes.set(source.id, new PlaygroundSandbox(wish, (push) => send(source, { kind: 'pushed', push })));
  // A page that was loaded past the worker (by a forced reload) is not controlled yet.
  await scope.clients.claim();
  await sandboxes.closeThoseOf(async (id) => !(await scope.clients.get(id)));
}

function send(client: WorkerClient, message: MessageToPage): void {
  client.postMessage(message);
}
