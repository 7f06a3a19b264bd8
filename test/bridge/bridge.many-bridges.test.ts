import { expect, it } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

it('B10 two bridges never meet, over one shared transport and with the same ids', async () => {
  const transport = createTestTransport();
  const [one, other] = [setUpWith(transport), setUpWith(transport)];
  one.delegate.sendRequestToPServer(BODY, '1');
  other.delegate.sendRequestToPServer(BODY, '1');
  transport.sent[1]?.answer({ to: 'other' });
  await turn();
  expect(one.widget.replies).toEqual([]);
  transport.sent[0]?.answer({ to: 'one' });
  await turn();

  expect(one.widget.replies).toEqual([[{ to: 'one' }, '1']]);
  expect(other.widget.replies).toEqual([[{ to: 'other' }, '1']]);
});

it('B10 nor does the end of one end the other’s requests', async () => {
  const transport = createTestTransport();
  const [one, other] = [setUpWith(transport), setUpWith(transport)];
  one.delegate.sendRequestToPServer(BODY, '1');
  other.delegate.sendRequestToPServer(BODY, '1');
  one.bridge.dispose();
  transport.sent[1]?.answer({ ok: true });
  await turn();

  expect(one.widget.replies).toEqual([[FAILURE, '1']]);
  expect(other.widget.replies).toEqual([[{ ok: true }, '1']]);
  expect(other.events.types).toEqual(['request', 'reply']);
});

it('B10 an entry point is for its own bridge alone', () => {
  const [one, other] = [setUp(), setUp()];
  one.delegate.sendRequestToPServer(BODY, '1');

  expect(other.bridge.handlePServerResponse({}, '1')).toBe(false);
  expect(other.events.of('orphan')).toEqual([{ requestId: '1', reason: 'unknown' }]);
  expect(one.widget.replies).toEqual([]);
});

it('B10 the ids of the library’s own are unlike any other bridge’s', async () => {
  const transport = createTestTransport();
  for (const { bridge, delegate } of [setUpWith(transport), setUpWith(transport)]) {
    delegate.sendRequestToOBServer(BODY, () => undefined);
    void bridge.send('pserver', BODY).catch(() => undefined);
  }
  const ids = transport.requests.map(({ requestId }) => requestId);

  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
});

it('B10 nothing global is written but what attach was given', async () => {
  const names = (): PropertyKey[] => Reflect.ownKeys(globalThis);
  const before = names();
  const target: Record<string, unknown> = {};
  const { bridge, delegate, transport } = setUp();
  bridge.attach(new RecordingWidget(), target);
  delegate.sendRequestToPServer(BODY, '1');
  transport.last.answer({});
  void bridge.send('pserver', BODY);
  transport.last.answer({});
  await turn();
  delegate.sessionEnded();
  bridge.dispose();
  await turn();

  expect(names()).toEqual(before);
});

it('B10 a bridge over another’s target puts back what it found', () => {
  const [outer, inner] = [setUp().bridge, setUp().bridge];
  const target: Record<string, unknown> = {};
  const detachOuter = outer.attach(new RecordingWidget(), target);
  const detachInner = inner.attach(new RecordingWidget(), target);
  expect(target['sendRequestToPServer']).toBe(inner.delegate.sendRequestToPServer);
  detachInner();
  expect(target['sendRequestToPServer']).toBe(outer.delegate.sendRequestToPServer);
  detachOuter();

  expect(target).toEqual({});
});

it('B10 an object that looks like a bridge’s options is not kept: changing it changes nothing', async () => {
  const transport = createTestTransport();
  const options = { transport, timeout: 100 };
  const bridge = new WidgetBridge(options);
  options.transport = createTestTransport();
  const reply = bridge.send('pserver', BODY);
  transport.last.answer({ ok: true });

  expect(await reply).toEqual({ ok: true });
  bridge.dispose();
});
