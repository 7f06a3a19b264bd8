import { expect, it } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/index.ts';

const COMMAND = { type: 'getInsights' };

it('keeps each request until the test ends it', async () => {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  const [first, second] = [1, 2].map((n) => bridge.send('pserver', { ...COMMAND, n }));

  expect(transport.requests.map(({ body }) => body)).toEqual([
    { ...COMMAND, n: 1 },
    { ...COMMAND, n: 2 },
  ]);
  expect(transport.waiting).toEqual(transport.sent);
  transport.last.answer({ n: 2 });
  expect(await second).toEqual({ n: 2 });
  expect(transport.waiting).toEqual([transport.sent[0]]);
  transport.sent[0]?.fail(new TypeError('down'));
  await expect(first).rejects.toMatchObject({ code: 'NETWORK' });
  expect(transport.waiting).toEqual([]);
});

it('an aborted request no longer waits', () => {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  const abort = new AbortController();
  bridge.send('ob', COMMAND, { signal: abort.signal }).catch(() => {});
  expect(transport.waiting).toHaveLength(1);
  abort.abort();
  expect(transport.waiting).toEqual([]);
  expect(transport.last.context.signal.aborted).toBe(true);
});

it('resolves with the next request, and throws without any request', async () => {
  const transport = createTestTransport();
  expect(() => transport.last).toThrow('No request was sent');
  const next = transport.next();
  const bridge = new WidgetBridge({ transport });
  void bridge.send('enrich', COMMAND);
  expect(await next).toBe(transport.last);
  (await next).answer({});
});
