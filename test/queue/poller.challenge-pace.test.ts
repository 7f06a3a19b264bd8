import { expect, test } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

test('Q5 polls closely while the user answers a challenge, so that its prompt disappears at once', async () => {
  const poller = world.poller();
  const started = poller.start();
  await world.pass(10);
  await started;
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id, [
    { after: 1_000, event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' },
    {
      after: 1_000,
      event: 'CHALLENGE_REQUIRED',
      channel: 'EMBEDDED',
      challenge: {
        within: 280_000,
        answered: [{ after: 1_000, event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' }],
        unanswered: [],
      },
    },
  ]);
  await world.pass(10_000);
  expect(poller.connections.get(id)?.action?.type).toBe('CHALLENGE_REQUIRED');

  await world.pass(240_000);
  world.linxo.answerChallenge(id);
  await world.pass(5_000);

  expect(poller.connections.get(id)?.action).toBeUndefined();
});

test('Q5 polls an unanswered challenge rarely after some time', async () => {
  const poller = world.poller();
  let polls = 0;
  poller.on('poll', () => {
    polls += 1;
  });
  const started = poller.start();
  await world.pass(10);
  await started;
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id, [{ after: 1_000, event: 'CHALLENGE_REQUIRED', channel: 'EMBEDDED' }]);
  await world.pass(400_000);
  polls = 0;
  await world.pass(3_600_000);

  expect(polls).toBeLessThan(10);
});
