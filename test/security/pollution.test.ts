import { afterEach, describe, expect, it, vi } from 'vitest';
import { asBase64, QueuePoller, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';

/** Parsed as from a network: `JSON.parse` creates an own property of that name. */
const HOSTILE = JSON.stringify({ ok: true, id: 'x' }).replace(
  '{',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
);
const hostile = (): Record<string, unknown> => JSON.parse(HOSTILE);

afterEach(() => {
  const polluted = ({} as { polluted?: unknown }).polluted;
  expect(polluted, 'Object.prototype').toBeUndefined();
  expect(([] as { polluted?: unknown }).polluted, 'Array.prototype').toBeUndefined();
});

describe('S4 keys that pollute prototypes change nothing', () => {
  it.each([
    [
      'the body of a call',
      (bridge: WidgetBridge) => bridge.delegate.sendRequestToPServer(null, hostile(), '1'),
    ],
    [
      'its headers',
      (bridge: WidgetBridge) => bridge.delegate.sendRequestToPServer(hostile(), { type: 'a' }, '1'),
    ],
    ['a string body', (bridge: WidgetBridge) => bridge.delegate.sendRequestToPServer('1', HOSTILE)],
    [
      'a message',
      (bridge: WidgetBridge) =>
        bridge.handlePersoEvent({
          ...hostile(),
          requestString: 'sendRequestToPServer',
          requestId: '1',
          json: { ...hostile(), requestData: hostile() },
        }),
    ],
    ['a notice', (bridge: WidgetBridge) => bridge.delegate.navigateToPage(hostile())],
  ])('in %s', async (_where, call) => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const replies: unknown[] = [];
    bridge.attach({ handlePServerResponse: (reply: unknown) => replies.push(reply) }, {});
    call(bridge);
    for (const { request, answer } of transport.waiting) {
      expect((request.headers as { polluted?: unknown }).polluted).toBeUndefined();
      answer({ ok: true });
    }
    await vi.waitFor(() => expect(bridge.getSnapshot().pending).toEqual([]));
    bridge.dispose();
  });

  it.each([
    ['an object', hostile()],
    ['a string', HOSTILE],
    ['Base64', asBase64(hostile())],
  ])('in a reply that is %s, which arrives unchanged', async (_form, reply) => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const answered = bridge.send('pserver', { type: 'getInsights' });
    transport.last.answer(reply);

    const got = (await answered) as { polluted?: unknown };
    expect(got.polluted).toBeUndefined();
    expect(JSON.stringify(got)).toBe(HOSTILE);
    bridge.dispose();
  });

  it('in an event and a connection of the queue', async () => {
    const channels = [{ ...hostile(), channel_definition_id: 'constructor', status: 'RUNNING' }];
    const connection = { ...hostile(), id: '__proto__', channels };
    const event = {
      ...hostile(),
      id: 'e1',
      event_type: 'SYNC_ALL_STARTED',
      resource_type: 'CONNECTION',
      resource: connection,
    };
    const headers = { 'content-type': 'application/json' };
    const poller = new QueuePoller({
      baseUrl: 'https://bank.example/linxo',
      accessToken: 'token',
      storage: false,
      fetch: async (address) => {
        const { pathname } = new URL(address);
        if (pathname.endsWith('/subscribe')) {
          return new Response(null, { status: 201, headers: { location: '/linxo/queues/q1' } });
        }
        const body = pathname.includes('/queues/') ? [event] : connection;
        return new Response(JSON.stringify(body), { headers });
      },
    });
    const received: unknown[] = [];
    poller.on('*', (event) => received.push(event));
    await poller.start();
    await vi.waitFor(() => expect(received).toHaveLength(1));

    expect([...poller.connections.keys()]).toEqual(['__proto__']);
    expect((poller.connections.get('__proto__') as { polluted?: unknown }).polluted).toBeUndefined();
    await poller.stop();
  });
});
