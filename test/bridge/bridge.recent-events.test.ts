import { expect, it } from 'vitest';
import { BanksideError, QueuePoller, type RecentBridgeEvent, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { collectGarbage } from '../harness/collect-garbage.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

bridgeTests();

function newBridge() {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  bridge.attach({ handlePServerResponse() {} }, {});
  const send = (type = 'getInsights') => void bridge.send('pserver', { type }).catch(() => {});
  return { bridge, transport, send };
}

const kindsOf = (events: readonly RecentBridgeEvent[]) => events.map(({ kind }) => kind);

it('S6 a bridge remembers what has happened, as plain data', async () => {
  const { bridge, transport } = newBridge();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights', ctxId: 'secret' }, 7);
  transport.last.context.attempt?.({ state: 'retry', count: 1, status: 503, retryIn: 400 });
  transport.last.context.dropped?.(['x-user']);
  transport.last.answer({ ok: true, secret: 'secret' });
  await turn();
  bridge.handlePServerResponse({ secret: 'secret' }, 7);
  bridge.delegate.sendRequestToOBServer(null, { type: 'getAccounts' }, 'b');
  const details = { requestId: 'b', server: 'ob', type: 'secret', elapsed: 1, status: 500 } as const;
  transport.last.fail(new BanksideError('HTTP', 'secret', details));
  await turn();
  bridge.delegate.widgetEvent('secret', { eventType: 'secret' });
  bridge.delegate.sendRequestToPServer(null, { requestString: 'other', token: 'secret' }, '1');

  const first = { call: 1, requestId: '7', server: 'pserver', type: 'getInsights' };
  const second = { call: 2, requestId: 'b', server: 'ob', type: 'getAccounts' };
  const at = expect.any(Number);
  const { recentEvents } = bridge;
  expect(recentEvents).toEqual([
    { kind: 'request', at, ...first },
    { kind: 'attempt', at, ...first, state: 'retry', count: 1, status: 503, retryIn: 400 },
    { kind: 'droppedHeaders', at, ...first, names: ['x-user'] },
    { kind: 'reply', at, ...first, duration: expect.any(Number) },
    { kind: 'orphan', at, requestId: '7', reason: 'settled' },
    { kind: 'request', at, ...second },
    { kind: 'failure', at, ...second, code: 'HTTP', status: 500, duration: expect.any(Number) },
    { kind: 'message', at, name: 'widgetEvent' },
    { kind: 'message', at, name: 'other' },
  ]);
  expect(JSON.stringify(recentEvents)).not.toContain('secret');
  expect(bridge.recentEvents).not.toBe(recentEvents);
  const times = recentEvents.map((event) => event.at);
  expect(times).toEqual([...times].sort((one, other) => one - other));
});

it('S6 requests with one id keep their own numbers: a superseded one, and one that is refused', async () => {
  const { bridge, transport } = newBridge();
  const { delegate } = bridge;
  for (const n of [1, 2, 2]) delegate.sendRequestToPServer(null, { type: 'getInsights', n }, 'same');
  await turn();
  transport.sent[1]?.answer({ ok: true });
  transport.sent[0]?.answer({ ok: true });
  await turn();
  expect(bridge.recentEvents).toMatchObject([
    { kind: 'request', call: 1 },
    { kind: 'request', call: 2 },
    { kind: 'failure', call: 3, code: 'DUPLICATE_REQUEST' },
    { kind: 'reply', call: 2 },
    { kind: 'orphan', call: 1, reason: 'superseded' },
  ]);
});

it('S6 the newest 200 events are kept, and the starts of older requests that are pending', async () => {
  const { bridge, transport, send } = newBridge();
  send('first');
  send('second');
  transport.sent[1]?.answer({ ok: true });
  await turn();
  for (let count = 0; count < 300; count += 1) bridge.delegate.sessionStarted();
  expect(bridge.recentEvents).toHaveLength(201);
  expect(bridge.recentEvents[0]).toMatchObject({ kind: 'request', call: 1, type: 'first' });
  expect(kindsOf(bridge.recentEvents.slice(1))).toEqual(Array.from({ length: 200 }, () => 'message'));
  transport.sent[0]?.answer({ ok: true });
  await turn();
  expect(bridge.recentEvents).toHaveLength(200);
  expect(bridge.recentEvents.at(-1)).toMatchObject({ kind: 'reply', call: 1 });
});

it('S6 each new event is emitted, before the event that it describes', async () => {
  const { bridge, transport, send } = newBridge();
  const order: string[] = [];
  bridge.on('request', () => order.push('event'));
  bridge.on('recent', ({ kind }) => order.push(`recent ${kind}`));
  bridge.on('recent', (event) => expect(bridge.recentEvents.at(-1)).toBe(event));
  bridge.on('recent', (event) => expect(event).toSatisfy(Object.isFrozen));
  send();
  transport.last.answer({ ok: true });
  await turn();
  expect(order).toEqual(['recent request', 'event', 'recent reply']);
});

it('S6 what a handler causes comes after what it handles', async () => {
  const { bridge, transport, send } = newBridge();
  bridge.on('reply', () => bridge.delegate.sessionEnded());
  const late: string[] = [];
  bridge.on('recent', ({ kind }) => late.push(kind));
  send();
  transport.last.answer({ ok: true });
  await turn();
  expect(late).toEqual(['request', 'reply', 'message']);
  expect(kindsOf(bridge.recentEvents)).toEqual(late);
});

it('S6 B9 after dispose nothing is remembered, and what ends by it is still emitted', async () => {
  const { bridge, send } = newBridge();
  const emitted: RecentBridgeEvent[] = [];
  bridge.on('recent', (event) => emitted.push(event));
  send();
  bridge.dispose();
  send();
  await turn();
  expect(bridge.recentEvents).toEqual([]);
  expect(emitted).toMatchObject([
    { kind: 'request', call: 1 },
    { kind: 'failure', call: 1, code: 'DISPOSED' },
    { kind: 'failure', call: 2, code: 'DISPOSED' },
  ]);
});

it('S6 the memory refers to no request, reply or error', async () => {
  const { bridge, transport } = newBridge();
  const references: WeakRef<object>[] = [];
  const known = <T extends object>(value: T): T => {
    references.push(new WeakRef(value));
    return value;
  };
  await (async () => {
    const send = (id: string) =>
      bridge.delegate.sendRequestToPServer(null, known({ type: 'getInsights', n: references.length }), id);
    send('answered');
    transport.last.answer(known({ ok: true }));
    send('failed');
    transport.last.fail(known(new Error('hush')));
    await turn();
    bridge.delegate.widgetEvent(known({}), known({ eventType: 'reporting' }));
    (transport.sent as unknown[]).length = 0;
  })();
  await collectGarbage();
  expect(references.filter((reference) => reference.deref())).toHaveLength(0);
  expect(kindsOf(bridge.recentEvents)).toEqual(['request', 'request', 'reply', 'failure', 'message']);
});

it('S6 long ids, types and names are cut', async () => {
  const { bridge, transport } = newBridge();
  const long = 'x'.repeat(100_000);
  void bridge.send('pserver', { type: long }).catch(() => {});
  transport.last.answer({ ok: true });
  bridge.handlePServerResponse({}, long);
  bridge.delegate.sendRequestToPServer(null, { type: long, n: 1 }, long);
  bridge.delegate.sendRequestToPServer(null, { requestString: long }, '2');
  await turn();
  expect(bridge.recentEvents.length).toBeGreaterThan(4);
  expect(JSON.stringify(bridge.recentEvents).length).toBeLessThan(bridge.recentEvents.length * 1_000);
});

it('S6 an error that cannot be read loses no event', async () => {
  const { bridge, transport, send } = newBridge();
  const codes: string[] = [];
  bridge.on('failure', ({ error }) => codes.push(error.code));
  const error = new BanksideError('NETWORK', 'hush', {
    requestId: 1,
    server: 'pserver',
    type: '',
    elapsed: 1,
  });
  const details = {
    get: () => {
      throw new Error('hush');
    },
  };
  Object.defineProperty(error, 'details', details);
  send();
  transport.last.fail(error);
  await turn();
  expect(codes).toEqual(['NETWORK']);
  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(bridge.recentEvents.at(-1)).toMatchObject({ kind: 'failure', call: 1, code: 'NETWORK' });
});

const THROWS = {
  get: () => {
    throw new Error('hush');
  },
};

it.each<[string, PropertyDescriptorMap]>([
  ['details', { details: THROWS }],
  ['code, from its second read on', { code: { get: readTwice('NETWORK') } }],
  [
    'a field of details',
    { details: { value: Object.defineProperties({}, { status: THROWS, timeout: THROWS }) } },
  ],
  ['a code that is not known', { code: { value: 'hush' } }],
])(
  'S6 the memory keeps its bound with 500 requests that fail with an unreadable error: %s',
  async (_what, fields) => {
    const { bridge, transport, send } = newBridge();
    for (let count = 0; count < 500; count += 1) {
      send();
      transport.last.fail(Object.defineProperties(Object.assign(new Error('hush'), brandOf()), fields));
      await turn();
    }
    const { recentEvents } = bridge;
    expect(recentEvents).toHaveLength(200);
    const kinds = kindsOf(recentEvents);
    expect(kinds.filter((kind) => kind === 'failure')).toHaveLength(100);
    expect(JSON.stringify(recentEvents)).not.toContain('hush');
  },
);

/** A getter that returns the value once, and another thing after that. */
function readTwice(value: string): () => unknown {
  let reads = 0;
  return () => {
    reads += 1;
    if (reads % 2 === 0) throw new Error('hush');
    return value;
  };
}

/** What makes an error one of this package, or of another copy of it. */
function brandOf(): object {
  return { [Symbol.for('bankside.error')]: true, code: 'NETWORK', details: {} };
}

it('S6 a type is cut to 64 characters, as in errors', async () => {
  const { bridge, transport } = newBridge();
  void bridge.send('pserver', { type: 'x'.repeat(300) }).catch(() => {});
  transport.last.answer({ ok: true });
  await turn();
  expect(bridge.recentEvents).toMatchObject([{ type: 'x'.repeat(64) }, { type: 'x'.repeat(64) }]);
});

it('S6 T1 of a reported origin, only host and port are emitted and remembered', async () => {
  const { bridge, transport, send } = newBridge();
  const origins: string[] = [];
  bridge.on('insecurePage', ({ origin }) => origins.push(origin));
  send();
  for (const origin of [
    'hush',
    'https://hush.example',
    'http://me:hush@dev.bank.example:5174/hush?hush',
    'http://b.example',
  ])
    transport.last.context.insecurePage?.(origin);
  expect(origins).toEqual(['http://dev.bank.example:5174']);
  expect(bridge.recentEvents.at(-1)).toMatchObject({ kind: 'insecurePage', host: 'dev.bank.example:5174' });
  transport.last.answer({ ok: true });
  await turn();
});

it('S6 a bridge on a server remembers nothing, and fails nothing', () => {
  const queue = new QueuePoller({ baseUrl: 'https://bank.example/linxo', accessToken: false });
  const bridge = new WidgetBridge({ transport: createTestTransport(), queue });
  expect(bridge.recentEvents).toEqual([]);
  expect(queue.recentEvents).toEqual([]);
  bridge.dispose();
});
