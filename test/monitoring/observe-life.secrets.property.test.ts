import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BanksideError, type ConnectionState, WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { PollerEmitter } from '../../src/queue/state/poller-emitter.ts';
import { createTestTransport, type TestTransport } from '../../src/testing/doubles.ts';
import { numRuns } from '../harness/property-runs.ts';
import { settled } from './fixtures/observed.ts';

const secret = fc.stringMatching(/^hush[A-Za-z0-9]{1,20}$/);
/** A value with a secret in it, of any shape. */
const planted = fc.oneof(
  secret,
  secret.map((text) => [text]),
  secret.map((text) => ({ [text]: text })),
  secret.map((text) => ({ toString: () => text, toJSON: () => text })),
  secret.map((text) => new Error(text)),
);

/** Each step puts secrets where a bridge may get them, but for ids, types and names. */
const STEPS: readonly ((bridge: WidgetBridge, transport: TestTransport, secret: unknown) => unknown)[] = [
  ({ delegate }, _, value) => delegate.sendRequestToPServer(null, { type: 'getInsights', value }, '1'),
  ({ delegate }, _, value) =>
    delegate.sendRequestToOBServer(
      null,
      { requestString: 'getAccounts', headers: { authToken: `${value}` } },
      '2',
    ),
  (bridge, _, value) => bridge.send('enrich', { type: 'rate', value }).catch(() => {}),
  (_, { sent }, value) =>
    sent.at(-1)?.context.attempt?.({ state: value, count: value, status: value } as never),
  (_, { sent }, value) =>
    sent.at(-1)?.context.attempt?.({ state: 'sent', count: value, retryIn: value } as never),
  (_, { sent }, value) => sent.at(-1)?.answer({ ok: true, value }),
  (_, { sent }, value) => sent.at(-1)?.answer(value),
  (_, { sent }, value) => sent.at(-1)?.fail(value),
  (_, { sent }, value) => sent.at(-1)?.fail(errorWith(value)),
  (bridge, _, value) => bridge.handlePServerResponse(value, '1'),
  ({ delegate }, _, value) => delegate.widgetEvent(value, { eventType: value, data: value } as never),
  ({ delegate }, _, value) => delegate.navigateToPage(value, value),
  ({ delegate }, _, value) =>
    delegate.sendRequestToPServer(null, { requestString: 'other', data: value }, '3'),
  ({ delegate }, _, value) => delegate.sendRequestToPServer({ value }, { value }),
];

function errorWith(value: unknown): BanksideError {
  const details = { requestId: 1, server: value, type: value, elapsed: value, status: value, timeout: value };
  return new BanksideError('HTTP', `${value}`, details as never, { cause: value });
}

test('S6 T4 no secret is remembered or reported, wherever the bridge got it', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), planted), { maxLength: 12 });
  const property = fc.asyncProperty(steps, async (chosen) => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    bridge.attach({ handlePServerResponse() {} }, {});
    const emitted: LifeEvent[] = [];
    const live: unknown[] = [];
    bridge.on('recent', (event) => live.push(event));
    const stop = observeLife(bridge, undefined, (event) => emitted.push(event));
    for (const [step, value] of chosen) {
      step(bridge, transport, value);
      await settled();
    }
    const seen = JSON.stringify([bridge.recentEvents, live, emitted]);
    stop();
    bridge.dispose();
    expect(seen).not.toContain('hush');
  });
  await fc.assert(property, { numRuns });
});

test('S6 T4 no secret is remembered or reported, wherever the poller got it', () => {
  const property = fc.property(fc.array(planted, { minLength: 1, maxLength: 5 }), (values) => {
    const emitter = new PollerEmitter();
    for (const value of values) {
      const resource = { id: 'c1', name: value, provider_id: value, channels: [value] };
      emitter.deliver({ id: 'e1', event_type: 'LIST_ACCOUNTS', resource, extra: value } as never);
      const connection = {
        id: 'c1',
        name: value,
        status: 'RUNNING',
        action: value,
      } as never as ConnectionState;
      emitter.emit('connection', { connection, previous: connection, source: 'event' });
      emitter.emit('failure', { error: errorWith(value), retryIn: value } as never);
    }
    const seen = JSON.stringify(emitter.recent);
    expect(emitter.recent).toHaveLength(3 * values.length);
    expect(seen).not.toContain('hush');
  });
  fc.assert(property, { numRuns });
});
