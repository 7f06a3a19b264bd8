import { afterEach, expect, it, onTestFinished } from 'vitest';
import { readTabMessage } from '../../../src/queue/tabs/tab-messages.ts';
import { ScriptedQueue } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { witness } from '../fixtures/witness.ts';

const world = useQueueWorld();

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'each');
});

/** As old libraries do it, here after this package has been loaded. */
function addToAllObjects(): void {
  Object.assign(Object.prototype, { each() {} });
}

it('T5 Q9 a poller that shares fails before anything is sent, and says why', async () => {
  const tabs = new StandInTabs();
  tabs.install();
  onTestFinished(() => tabs.uninstall());
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch, user: 'user-1' });
  const { told } = witness(poller);
  addToAllObjects();

  const started = poller.start().catch((error: unknown) => error);
  await world.pass(10);

  expect(await started).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'Object.prototype' } });
  expect(told.failure).toMatchObject([{ error: { code: 'INVALID_OPTIONS' }, retryIn: undefined }]);
  expect(poller.status).toBe('failed');
  expect(server.sent).toEqual([]);
});

it('T5 one that polls alone works', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch });
  addToAllObjects();

  poller.start();
  await world.pass(10);

  expect(poller.status).toBe('polling');
  expect(server.of('poll').length).toBeGreaterThan(0);
});

it('T5 S3 a message of another tab is never thrown at', () => {
  const channels = Array.from({ length: 200_000 }, () => 5);
  const finding = { kind: 'reading', connectionId: 'c', connection: { id: 'c', channels }, from: 1, to: 1 };
  expect(readTabMessage({ kind: 'finding', finding })).toBeUndefined();
  addToAllObjects();
  expect(() => readTabMessage({ kind: 'bye' })).not.toThrow();
});
