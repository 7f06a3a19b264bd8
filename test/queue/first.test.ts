import { expect, test } from 'vitest';
import { useRoom } from './fixtures/room.ts';

const room = useRoom();

test('follows a synchronisation over both channels', async () => {
  const poller = room.poller();
  const seen: string[] = [];
  poller.on('*', (event) => seen.push(`${event.event_type} ${event.channel_definition_id}`));
  const own: string[] = [];
  for (const type of ['subscribed','resumed','gap','expired','reconciled','connection','channel','status','failure'] as const)
    poller.on(type, (event) => own.push(`${type} ${JSON.stringify(event).slice(0, 130)}`));
  let polls = 0;
  poller.on('poll', () => { polls += 1; });
  const started = poller.start();
  await room.pass(10);
  await started;
  const { id } = room.linxo.addConnection();
  room.linxo.synchronise(id);
  const outcome = poller.whenSynced(id, { after: Math.floor(Date.now()/1000) });
  await room.pass(90_000);
  console.log(seen, own, polls);
  console.log(await outcome);
  expect(room.linxo.connection(id)?.status).toBe(poller.connections.get(id)?.status);
  await room.pass(24*3600_000);
  console.log(polls);
});
