import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QueuePoller, type ServerName, type WidgetBridge } from '../../../src/index.ts';
import { record } from '../../../src/recording.ts';
import { createSandbox, type Fault, type Sandbox, type SandboxOptions } from '../../../src/testing/index.ts';
import { numRuns } from '../../harness/property-runs.ts';
import { BASE, bridgeOf } from './fixtures/bridge-of.ts';
import { normalForm, troubleIn } from './fixtures/normal-form.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // Pauses are random, and so are ids. Here all pauses are the same, and ids still differ.
  let count = 0;
  vi.spyOn(Math, 'random').mockImplementation(() => {
    count += 1e-9;
    return 0.5 + count;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const MINUTES = 5 * 60_000;

const COMMANDS: readonly (readonly [ServerName, object])[] = [
  ['pserver', { type: 'getInsights', lang: 'en' }],
  ['pserver', { type: 'getInsightDetails', insightId: 'no-such-insight' }],
  ['pserver', { type: 'getNumberOfInsights' }],
  ['pserver', { type: 'getBudgetsCategories', protocolVersion: '2.6' }],
  ['enrich', { type: 'getUserSubscriptions' }],
  ['enrich', { type: 'applyForLoan', amount: 12 }],
  ['ob', { type: 'getAccounts' }],
  ['ob', { type: 'getFinancialInstitutions', search: 'Bank' }],
];

const sending = fc.record({ at: fc.nat(60_000), command: fc.constantFrom(...COMMANDS) });
const scope = { count: fc.integer({ min: 1, max: 4 }) };
const error = {
  kind: fc.constant('error' as const),
  status: fc.constantFrom(400, 401, 403, 404, 418, 429, 500, 502, 503, 504),
  body: fc.constantFrom('json' as const, 'html' as const, 'empty' as const),
};
const ms = fc.constantFrom(10, 900, 7_000, 40_000);

const widgetFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ ...error, ...scope, server: fc.constantFrom('pserver', 'enrich', 'ob') }),
  fc.record({
    kind: fc.constantFrom('slow', 'twice', 'late'),
    ms,
    ...scope,
    server: fc.constantFrom('pserver', 'enrich', 'ob'),
  }),
  fc.record({
    kind: fc.constantFrom('never', 'garbage', 'network', 'stale-token', 'base64'),
    ...scope,
    server: fc.constantFrom('pserver', 'enrich', 'ob'),
  }),
);
const queueFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    ...error,
    ...scope,
    server: fc.constant('linxo'),
    type: fc.constantFrom('subscribe', 'queue', 'connection'),
  }),
  fc.record({
    kind: fc.constantFrom('lost', 'silently-lost', 'truncated', 'duplicate', 'malformed', 'gone'),
    ...scope,
    server: fc.constant('linxo'),
    type: fc.constant('queue'),
  }),
  fc.record({
    kind: fc.constantFrom('never', 'garbage', 'network', 'stale-token'),
    ...scope,
    server: fc.constant('linxo'),
    type: fc.constantFrom('subscribe', 'queue', 'connection'),
  }),
) as fc.Arbitrary<Fault>;

const situation = fc.record({
  sendings: fc.array(sending, { maxLength: 8 }),
  widgetFaults: fc.array(widgetFault, { maxLength: 4 }),
  queueFaults: fc.array(queueFault, { maxLength: 3 }),
  seed: fc.nat(1_000),
  trouble: fc.constantFrom(0, 0.5),
  connections: fc.integer({ min: 0, max: 2 }),
});

// Each run is ten minutes of a page.
it('S5: a replay ends as what was recorded, and its recording is the same', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const live = world({ seed: given.seed });
      for (const fault of [...given.widgetFaults, ...given.queueFaults]) live.sandbox.fault(fault);
      const connections = Array.from({ length: given.connections }, () => live.sandbox.linxo.addConnection());
      for (const { id } of connections) {
        setTimeout(() => live.sandbox.linxo.synchroniseAtRandom(id, { trouble: given.trouble }), 5_000);
      }
      const outcomes: unknown[] = [];
      for (const { at, command } of given.sendings) {
        setTimeout(() => outcomes.push(live.bridge.send(...command).catch(() => {})), at);
      }
      const first = await live.run();

      const again = world({ replay: first.text });
      const played = again.sandbox.replay?.play(again.bridge);
      const second = await again.run();
      await played;
      expect(again.sandbox.replay?.unmatched).toEqual([]);
      expect(second.statuses).toEqual(first.statuses);
      expect(normalForm(second.recording)).toEqual(normalForm(first.recording));
      expect(troubleIn(second.recording)).toEqual(troubleIn(first.recording));
    }),
    { numRuns },
  );
}, 900_000);

/** A page, with a bridge and a poller, and its servers. */
function world(options: SandboxOptions) {
  const sandbox: Sandbox = createSandbox({
    ...options,
    onPush: ({ response, requestId }) => bridge.handlePServerResponse(response, requestId),
  });
  const bridge: WidgetBridge = bridgeOf(sandbox);
  const poller = new QueuePoller({
    baseUrl: `${BASE}/linxo`,
    accessToken: () => sandbox.issueAccessToken(),
    storage: false,
    fetch: sandbox.linxo.fetch,
  });
  return { sandbox, bridge, run: () => run(bridge, poller, sandbox) };
}

async function run(bridge: WidgetBridge, poller: QueuePoller, sandbox: Sandbox) {
  const recorder = record(bridge, poller);
  poller.start().catch(() => {});
  await vi.advanceTimersByTimeAsync(MINUTES);
  const statuses = [...poller.getSnapshot().connections.values()].map(({ status, channels }) => [
    status,
    ...[...channels.values()].map((channel) => channel.status),
  ]);
  recorder.stop();
  await poller.stop();
  bridge.dispose();
  sandbox.close();
  return { text: recorder.text(), recording: recorder.recording(), statuses };
}
