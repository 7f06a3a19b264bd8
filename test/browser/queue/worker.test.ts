import { expect, onTestFinished, test } from 'vitest';
import { scriptAnswers } from '../answer-script.ts';

const resource = (status: string): object => ({
  id: 'connection-1',
  status,
  channels: [{ channel_definition_id: '1', status, last_end_date: 1_790_000_000 }],
});

const events = ['SYNC_ALL_STARTED', 'SYNC_ALL_SUCCESS'].map((event_type, index) => ({
  id: `event-${index}`,
  event_type,
  resource_type: 'CONNECTION',
  creation_date: 1_790_000_000 + index,
  channel_definition_id: '1',
  resource: resource(index ? 'SUCCESS' : 'RUNNING'),
}));

const exposed = { 'access-control-expose-headers': 'location' };

test.each([
  ['with all its features', false],
  ['without locks, BroadcastChannel and Symbol.asyncDispose', true],
])('S2 the poller runs in a module worker, in an engine %s', async (_what, isOld) => {
  const script = await scriptAnswers(
    { status: 201, headers: { ...exposed, location: '/queues/queue-1' } },
    { body: JSON.stringify(events) },
    { body: JSON.stringify(resource('SUCCESS')) },
    { status: 204, body: '' },
  );
  const worker = new Worker(new URL('./following-worker.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  const reply = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

  worker.postMessage({ baseUrl: script.address('linxo'), isOld });

  expect(await reply).toEqual({
    types: ['SYNC_ALL_STARTED', 'SYNC_ALL_SUCCESS'],
    iterated: ['SYNC_ALL_STARTED', 'SYNC_ALL_SUCCESS'],
    result: 'success',
    queueId: 'queue-1',
    status: 'stopped',
    canDispose: !isOld && 'asyncDispose' in Symbol,
    isPage: false,
  });
});
