import { expect, test } from 'vitest';
import { useRoom } from './fixtures/room.ts';

const room = useRoom();

test('Q5 a challenge is watched closely while the user answers it, so that its prompt goes at once', async () => {
  const poller = room.poller();
  const started = poller.start();
  await room.pass(10);
  await started;
  const { id } = room.linxo.addConnection();
  room.linxo.synchronise(id, [
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
  await room.pass(10_000);
  expect(poller.connections.get(id)?.action?.type).toBe('CHALLENGE_REQUIRED');

  await room.pass(240_000);
  room.linxo.answerChallenge(id);
  await room.pass(5_000);

  expect(poller.connections.get(id)?.action).toBeUndefined();
});

test('Q5 but not for ever', async () => {
  const poller = room.poller();
  let polls = 0;
  poller.on('poll', () => {
    polls += 1;
  });
  const started = poller.start();
  await room.pass(10);
  await started;
  const { id } = room.linxo.addConnection();
  room.linxo.synchronise(id, [{ after: 1_000, event: 'CHALLENGE_REQUIRED', channel: 'EMBEDDED' }]);
  await room.pass(400_000);
  polls = 0;
  await room.pass(3_600_000);

  expect(polls).toBeLessThan(10);
});
