import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QueuePoller } from '../../../src/index.ts';
import { record } from '../../../src/recording.ts';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Follows connections for two minutes. Returns the recording and the last statuses. */
async function follow(sandbox: Sandbox) {
  const poller = new QueuePoller({
    baseUrl: 'https://api.bank.example/linxo',
    accessToken: () => sandbox.issueAccessToken(),
    storage: false,
    fetch: sandbox.linxo.fetch,
  });
  const recorder = record(undefined, poller);
  poller.start().catch(() => {});
  await vi.advanceTimersByTimeAsync(120_000);
  const statuses = [...poller.getSnapshot().connections.values()].map(({ status, channels }) => [
    status,
    ...[...channels.values()].map((channel) => channel.status),
  ]);
  await poller.stop();
  recorder.stop();
  return { text: recorder.text(), recording: recorder.recording(), statuses };
}

it.each([
  ['success', undefined],
  ['consent-expired', { kind: 'error', status: 503, type: 'queue' }],
  ['partial-success', { kind: 'gone', server: 'linxo', type: 'queue' }],
  ['one-channel-closed', { kind: 'network', server: 'linxo', type: 'subscribe' }],
  ['one-channel-empty', { kind: 'garbage', server: 'linxo', type: 'queue' }],
] as const)('S5: a replay of %s ends with the same statuses', async (scenario, fault) => {
  const live = createSandbox();
  const { id } = live.linxo.addConnection();
  if (fault) live.fault(fault);
  setTimeout(() => live.linxo.synchronise(id, scenario), 5_000);
  const first = await follow(live);
  const again = await follow(createSandbox({ replay: first.text }));
  expect(first.statuses).not.toEqual([]);
  expect(again.statuses).toEqual(first.statuses);
  expect(typesIn(again.recording)).toEqual(typesIn(first.recording));
});

function typesIn({ queue }: Awaited<ReturnType<typeof follow>>['recording']): unknown[] {
  return (queue?.steps ?? []).flatMap((step) => (step.kind === 'event' ? [step.event['event_type']] : []));
}
