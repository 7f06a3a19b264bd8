import { afterEach, expect, it } from 'vitest';
import { readTabMessage } from '../../src/queue/tab-messages.ts';
import { useRoom } from './fixtures/room.ts';
import { ScriptedQueue } from './fixtures/scripted-queue.ts';
import { witness } from './fixtures/witness.ts';

const room = useRoom();

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'each');
});

/** As old libraries do it, here after this package has been loaded. */
function addToAllObjects(): void {
  Object.assign(Object.prototype, { each() {} });
}

it('T5 a poller on a page that has added to all objects fails before anything is sent, and says why', async () => {
  const server = new ScriptedQueue();
  const poller = room.poller({ fetch: server.fetch });
  const { told } = witness(poller);
  addToAllObjects();

  const started = poller.start().catch((error: unknown) => error);
  await room.pass(0);

  expect(await started).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'Object.prototype' } });
  expect(told.failure).toMatchObject([{ error: { code: 'INVALID_OPTIONS' }, retryIn: undefined }]);
  expect(poller.status).toBe('failed');
  expect(server.sent).toEqual([]);
});

it('T5 S3 a message of another tab is never thrown at', () => {
  const channels = Array.from({ length: 200_000 }, () => 5);
  const finding = { kind: 'reading', connectionId: 'c', connection: { id: 'c', channels }, from: 1, to: 1 };
  expect(readTabMessage({ kind: 'finding', finding })).toBeUndefined();
  addToAllObjects();
  expect(() => readTabMessage({ kind: 'bye' })).not.toThrow();
});
