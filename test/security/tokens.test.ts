import { inspect } from 'node:util';
import { getResponse } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type BridgeEvents,
  httpTransport,
  type PollerEvents,
  QueuePoller,
  WidgetBridge,
} from '../../src/index.ts';
import { FAULT_KINDS } from '../../src/testing/faults/read-fault.ts';
import { createSandbox, createTestWidget, type FaultKind, type Sandbox } from '../../src/testing/index.ts';

/** All kinds: the type requires it. */
const BRIDGE_EVENTS = Object.keys({
  request: 0,
  droppedHeaders: 0,
  insecurePage: 0,
  attempt: 0,
  reply: 0,
  failure: 0,
  orphan: 0,
  navigateToPage: 0,
  widgetEvent: 0,
  widgetAction: 0,
  personeticsEvent: 0,
  callPersoneticsAPI: 0,
  sessionStarted: 0,
  sessionEnded: 0,
  sessionError: 0,
  registered: 0,
  handleError: 0,
  widgetMessage: 0,
  recent: 0,
} satisfies Record<keyof BridgeEvents, 0>) as (keyof BridgeEvents)[];
const POLLER_EVENTS = Object.keys({
  subscribed: 0,
  resumed: 0,
  poll: 0,
  gap: 0,
  expired: 0,
  reconciled: 0,
  connection: 0,
  channel: 0,
  status: 0,
  failure: 0,
  insecurePage: 0,
  recent: 0,
} satisfies Record<keyof PollerEvents, 0>) as (keyof PollerEvents)[];

/** What was emitted, logged or thrown, by name, and all tokens. */
const emitted = new Map<string, unknown[]>();
const tokens = new Set<string>();

function record(name: string, ...values: unknown[]): void {
  const before = emitted.get(name) ?? [];
  before.push(...values);
  emitted.set(name, before);
}

beforeEach(() => {
  emitted.clear();
  tokens.clear();
  vi.useFakeTimers();
  for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => record(`console.${method}`, ...values));
  }
  vi.stubGlobal('reportError', (error: unknown) => record('reportError', error));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const kinds = Object.keys(FAULT_KINDS) as FaultKind[];

it.each(kinds)('T4 no event, error, snapshot or log contains a token, whatever happens: %s', async (kind) => {
  const sandbox = createSandbox({ seed: 7, latency: [5, 90] });
  for (const server of FAULT_KINDS[kind].servers) sandbox.fault({ kind, server, probability: 0.5 });

  await live(sandbox);

  // The fault has happened: the searched lists are not empty.
  expect(sandbox.log.filter(({ fault }) => fault === kind).length).toBeGreaterThan(4);
  expect([...emitted.keys()]).toEqual(expect.arrayContaining(['request', 'attempt', 'status', 'snapshot']));
  expect(tokens.size).toBeGreaterThan(1);
  for (const [name, values] of emitted) expect(leaksIn(values), name).toEqual([]);
});

it('the check finds a token in a cause, and in a property that is not enumerable', () => {
  tokens.add('hush-1');
  const cause = Object.defineProperty(new Error(), 'request', {
    value: { headers: { authToken: 'hush-1' } },
  });
  expect(leaksIn([{ error: new Error('It failed', { cause }) }])).toEqual(['hush-1']);
});

it('T2 a fixed access token is forgotten at the logout: the next start rejects, and sends nothing', async () => {
  const fetch = vi.fn(async (_address: string, { headers }: RequestInit) => {
    record('sent', headers);
    const location = 'https://bank.example/linxo/queues/1';
    return new Response('[]', { status: 200, headers: { location } });
  });
  const poller = new QueuePoller({
    baseUrl: 'https://bank.example/linxo',
    accessToken: 'hush-token',
    storage: false,
    fetch,
  });
  const started = poller.start();
  await vi.advanceTimersByTimeAsync(100);
  await started;
  expect(emitted.get('sent')?.[0]).toMatchObject({ authorization: 'Bearer hush-token' });
  await poller.stop({ forget: true });
  fetch.mockClear();

  const again = poller.start().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(100);

  expect(await again).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'accessToken' } });
  expect(fetch).not.toHaveBeenCalled();
  await poller.stop();
});

/** Half of the requests get the fault, so a minute is enough. */
const SECONDS_BETWEEN = 3;

/** A widget that sends requests to all three servers for a minute, and a poller that follows a synchronisation. */
async function live(sandbox: Sandbox): Promise<void> {
  const keep = (token: string): string => {
    tokens.add(token);
    return token;
  };
  const fetch = async (address: string, options: RequestInit): Promise<Response> => {
    const response = await getResponse(sandbox.handlers, new Request(address, options));
    if (response?.type === 'error') throw new TypeError(`Failed: ${[...tokens].join()}`);
    return response ?? new Response(null, { status: 404 });
  };
  const origin = 'https://bank.example';
  const transport = httpTransport({
    endpoints: {
      pserver: `${origin}/pserver/execute`,
      enrich: `${origin}/enrich/execute`,
      ob: `${origin}/ob/execute`,
    },
    authToken: () => keep(sandbox.issueToken()),
    fetch,
  });
  const poller = new QueuePoller({
    baseUrl: `${origin}/linxo`,
    accessToken: () => keep(sandbox.issueAccessToken()),
    storage: false,
    fetch,
  });
  const bridge = new WidgetBridge({ transport, timeout: 5_000, queue: poller });
  const widget = createTestWidget('a');
  bridge.attach(widget);
  for (const name of BRIDGE_EVENTS) bridge.on(name, (event) => record(name, event));
  for (const name of POLLER_EVENTS) poller.on(name, (event) => record(name, event));
  poller.on('*', (event) => record('*', event));
  bridge.subscribe(() => record('snapshot', bridge.getSnapshot()));
  poller.subscribe(() => record('snapshot', poller.getSnapshot()));

  const connection = sandbox.linxo.addConnection();
  poller.start().catch((error: unknown) => record('start', error));
  poller.track(connection.id);
  sandbox.linxo.synchronise(connection.id);
  for (let second = 0; second < 60; second += SECONDS_BETWEEN) {
    for (const [server, type] of [
      ['pserver', 'getInsights'],
      ['enrich', 'getUserSubscriptions'],
      ['ob', 'refreshTime'],
    ] as const) {
      widget.request(server, { type }).catch((error: unknown) => record('widget', error));
    }
    await vi.advanceTimersByTimeAsync(SECONDS_BETWEEN * 1_000);
  }
  bridge.dispose();
  await vi.advanceTimersByTimeAsync(10_000);
  sandbox.close();
}

/** The tokens that a log, a monitor or a debugger could show. */
function leaksIn(values: readonly unknown[]): string[] {
  const seen = new Set<unknown>();
  const text: string[] = [];
  const look = (value: unknown): void => {
    if (Object(value) !== value) text.push(String(value));
    if (Object(value) !== value || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) look([...value]);
    for (const key of Reflect.ownKeys(value as object)) look(Reflect.get(value as object, key));
  };
  look(values);
  text.push(inspect(values, { depth: 6 }));
  const all = text.join('\n');
  return [...tokens].filter((token) => all.includes(token));
}
