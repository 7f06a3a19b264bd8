import { afterEach, beforeEach, expect, it } from 'vitest';
import { QueuePoller } from '../../src/index.ts';
import { type Recorder, record } from '../../src/recording.ts';
import { createSandbox } from '../../src/testing/index.ts';
import { json, ScriptedQueue, status } from '../queue/fixtures/scripted-queue.ts';
import { VirtualTime } from '../queue/fixtures/virtual-time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const SECONDS = START / 1000;

let time: VirtualTime;

beforeEach(() => {
  time = new VirtualTime(START);
  time.install();
});

afterEach(() => time.uninstall());

function pollerOf(server: ScriptedQueue): QueuePoller {
  return new QueuePoller({
    baseUrl: 'https://bank.example/linxo',
    accessToken: 'hush-token',
    storage: false,
    fetch: server.fetch,
    schedule: { close: 10_000, idle: 10_000, closeFor: 1, reconcile: 600_000 },
  });
}

/** Records the first second of a poller. */
async function recordedFrom(server: ScriptedQueue): Promise<Recorder> {
  const poller = pollerOf(server);
  const recorder = record(undefined, poller);
  poller.start().catch(() => {});
  await time.pass(1_000);
  await poller.stop();
  recorder.stop();
  return recorder;
}

const resource = {
  id: 4711,
  name: 'hush',
  provider_id: 'hush-bank',
  status: 'RUNNING',
  creation_date: 500_000_000,
  channels: [{ channel_definition_id: '8700', status: 'RUNNING', expires: SECONDS + 60 }],
};
const started = {
  id: 'hush-event',
  event_type: 'SYNC_ALL_STARTED',
  resource_type: 'CONNECTION',
  creation_date: SECONDS - 5,
  channel_definition_id: 8700,
  resource,
};

it('S6: records events in the fields of the server, with placeholders and relative times', async () => {
  const recorder = await recordedFrom(new ScriptedQueue().next('poll', () => json([started])));
  const { queue, requests } = recorder.recording();
  expect(requests).toEqual([]);
  expect(queue?.steps.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['subscribed', 'event', 'poll']),
  );
  const [event] = queue?.steps.filter((step) => step.kind === 'event') ?? [];
  const { channel_definition_id: channelId } = event?.event ?? {};
  expect(event?.event).toEqual({
    id: expect.stringMatching(/^text-\d+$/),
    event_type: 'SYNC_ALL_STARTED',
    resource_type: 'CONNECTION',
    creation_date: -5,
    channel_definition_id: expect.stringMatching(/^100000\d$/),
    resource: {
      id: expect.stringMatching(/^100000\d$/),
      name: expect.stringMatching(/^text-\d+$/),
      provider_id: expect.stringMatching(/^text-\d+$/),
      status: 'RUNNING',
      creation_date: expect.toSatisfy((number: number) => number > 1_000_000), // a birthday, not a time
      channels: [{ channel_definition_id: channelId, status: 'RUNNING', expires: 60 }],
    },
  });
  expect(recorder.text()).not.toMatch(/hush|4711|8700|500000000/);
});

it('S6: records connections as they were read, those that were known at the beginning first', async () => {
  const server = new ScriptedQueue().next('poll', () => json([started]));
  server.always('connection', () => json({ ...resource, status: 'SUCCESS', channels: [] }));
  const poller = pollerOf(server);
  poller.start().catch(() => {});
  await time.pass(1_000);
  const recorder = record(undefined, poller);
  expect(recorder.recording().queue?.connections).toMatchObject([{ status: 'RUNNING' }]);
  server.next('poll', () => status(404));
  await time.pass(30_000);
  await poller.stop();
  const { connections = [], steps = [] } = recorder.recording().queue ?? {};
  const kinds = steps.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['expired', 'gap', 'subscribed', 'connection']));
  const [read] = steps.filter((step) => step.kind === 'connection');
  expect(read?.connection).toMatchObject({ id: connections[0]?.id, name: connections[0]?.name });
  recorder.stop();
});

it('S6: records a failure by its request, code and status', async () => {
  const server = new ScriptedQueue().next('poll', () => status(503));
  const poller = pollerOf(server);
  const recorder = record({ queue: poller, on: () => () => {} });
  poller.start().catch(() => {});
  await time.pass(5_000);
  await poller.stop();
  const failures = recorder.recording().queue?.steps.filter(({ kind }) => kind === 'failure');
  expect(failures).toMatchObject([{ kind: 'failure', type: 'poll', code: 'HTTP', status: 503 }]);
  recorder.stop();
});

it('S6: records that events were malformed, and nothing of what was in them', async () => {
  const answer = [{ id: '', secret: 'hush' }, 'hush', started];
  const recorder = await recordedFrom(new ScriptedQueue().next('poll', () => json(answer)));
  const kinds = recorder.recording().queue?.steps.map(({ kind }) => kind) ?? [];
  expect(kinds.filter((kind) => kind === 'malformed' || kind === 'failure')).toEqual(['malformed']);
  expect(kinds).toEqual(expect.arrayContaining(['gap', 'event', 'poll']));
  expect(recorder.text()).not.toContain('hush');
});

it('S6: an answer that cannot be read as a whole is a failure', async () => {
  const recorder = await recordedFrom(new ScriptedQueue().next('poll', () => json({ events: [] })));
  const failed = recorder
    .recording()
    .queue?.steps.filter(({ kind }) => kind === 'malformed' || kind === 'failure');
  expect(failed).toMatchObject([{ kind: 'failure', type: 'poll', code: 'INVALID_RESPONSE' }]);
});

it('S6: after `stop`, nothing that a poller of the sandbox learns is recorded', async () => {
  const sandbox = createSandbox();
  const { id } = sandbox.linxo.addConnection();
  const poller = new QueuePoller({
    baseUrl: 'https://bank.example/linxo',
    accessToken: () => sandbox.issueAccessToken(),
    storage: false,
    fetch: sandbox.linxo.fetch,
  });
  const recorder = record(undefined, poller);
  poller.start().catch(() => {});
  sandbox.linxo.synchronise(id, 'success');
  await time.pass(30_000);
  recorder.stop();
  const text = recorder.text();
  let later = 0;
  poller.on('*', () => (later += 1));
  sandbox.linxo.synchronise(id, 'success');
  await time.pass(120_000);
  await poller.stop();
  expect(later).toBeGreaterThan(0);
  expect(recorder.text()).toBe(text);
  expect(recorder.recording().queue?.steps.map(({ kind }) => kind)).toContain('event');
  expect(text).not.toContain(id);
});
