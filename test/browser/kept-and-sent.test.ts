import { expect, onTestFinished, test, vi } from 'vitest';
import { httpTransport, portTransport, QueuePoller, servePort, WidgetBridge } from '../../src/index.ts';

const TOKEN = 'token-of-the-user';
const server = { pserver: 'https://bank.example/pserver', queue: 'https://bank.example/linxo' };

/** The answers of the bank's servers, and the requests to them. */
function bank(): string[] {
  const requested: string[] = [];
  const answers: Readonly<Record<string, () => Response>> = {
    [server.pserver]: () =>
      requested.length % 2 ? Response.json({ ok: true }) : Response.json({ ok: false }, { status: 500 }),
    [`${server.queue}/queues/subscribe`]: () =>
      new Response(null, { status: 201, headers: { location: '/queues/q-1' } }),
    [`${server.queue}/queues/q-1`]: () => Response.json([event('e-1'), { not: 'an event' }]),
    [`${server.queue}/connections/c-1`]: () => new Response(null, { status: 500 }),
  };
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    requested.push(`${input}`);
    return answers[`${input}`]?.() ?? Response.error();
  });
  return requested;
}

function event(id: string): object {
  const resource = { id: 'c-1', status: 'RUNNING' };
  return { id, event_type: 'SYNC_STARTED', creation_date: 1_700_000_000, resource };
}

function forgetSpies(): void {
  vi.restoreAllMocks();
  sessionStorage.clear();
}

test('S1 S3 requests go to the given addresses alone, and only what is documented is kept or logged', async () => {
  onTestFinished(forgetSpies);
  // Other test files of this tab use the same storage.
  const before = Object.keys(sessionStorage);
  const requested = bank();
  const others = [
    vi.spyOn(navigator, 'sendBeacon'),
    vi.spyOn(XMLHttpRequest.prototype, 'open'),
    vi.spyOn(globalThis, 'WebSocket'),
    vi.spyOn(globalThis, 'EventSource'),
    vi.spyOn(globalThis, 'Image'),
    vi.spyOn(indexedDB, 'open'),
    vi.spyOn(document, 'cookie', 'set'),
    ...(globalThis.caches ? [vi.spyOn(caches, 'open')] : []), // there on secure pages alone
  ];
  const logged = (['debug', 'error', 'info', 'log', 'trace', 'warn'] as const).map((method) =>
    vi.spyOn(console, method),
  );
  const posted = vi.spyOn(globalThis, 'postMessage');
  const shared = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
  const crossed = vi.spyOn(MessagePort.prototype, 'postMessage');
  const stored = vi.spyOn(Storage.prototype, 'setItem');

  const direct = httpTransport({ endpoints: { pserver: server.pserver }, authToken: async () => TOKEN });
  const { port1, port2 } = new MessageChannel();
  const stop = servePort({ transport: direct, port: port2 });
  const overPort = portTransport({ port: port1 });
  for (const transport of [direct, overPort]) {
    const bridge = new WidgetBridge({ transport });
    const replies: unknown[] = [];
    bridge.attach({ handlePServerResponse: (reply: unknown) => replies.push(reply) }, {});
    bridge.delegate.sendRequestToPServer({ authToken: 'widget' }, { type: 'rateInsight' }, '1');
    bridge.delegate.sendRequestToPServer(null, { type: 'rateInsight', n: 2 }, '2');
    bridge.handlePServerResponse('{"ok":true}', 'unknown');
    await vi.waitFor(() => expect(replies).toHaveLength(2));
    bridge.dispose();
  }
  const poller = new QueuePoller({ baseUrl: server.queue, accessToken: async () => TOKEN, user: 'user-1' });
  const failures: unknown[] = [];
  poller.on('failure', (failure) => failures.push(failure));
  poller.track('c-1');
  await poller.start();
  // One for the malformed event, and one for the malformed connection.
  await vi.waitFor(() => expect(failures.length).toBeGreaterThan(1), 20_000);
  await poller.stop();
  stop();

  expect([...new Set(requested)].sort()).toEqual([
    `${server.queue}/connections/c-1`,
    `${server.queue}/queues/q-1`,
    `${server.queue}/queues/subscribe`,
    server.pserver,
  ]);
  for (const other of [...others, ...logged, posted]) expect(other).not.toHaveBeenCalled();
  expect(shared).toHaveBeenCalled();
  expect(crossed).toHaveBeenCalled();
  const keys = stored.mock.calls.map(([key]) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !key.startsWith('bankside.queue '))).toEqual([]);
  expect(stored.mock.contexts.every((storage) => storage === sessionStorage)).toBe(true);
  const written = JSON.stringify([shared.mock.calls, crossed.mock.calls, stored.mock.calls]);
  expect(written).not.toContain(TOKEN);

  await poller.stop({ forget: true });
  expect(Object.keys(sessionStorage).filter((key) => !before.includes(key))).toEqual([]);
});
