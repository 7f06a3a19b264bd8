import { afterEach, expect, it, onTestFinished } from 'vitest';
import { readTabMessage } from '../../../src/queue/tabs/tab-messages.ts';
import { ScriptedQueue } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'each');
});

/** As old libraries do, here after this package was loaded. */
function addToAllObjects(): void {
  Object.assign(Object.prototype, { each() {} });
}

it('T5 Q9 a poller that shares fails before anything is sent, and reports why', async () => {
  const tabs = new StandInTabs();
  tabs.install();
  onTestFinished(() => tabs.uninstall());
  const server = new ScriptedQueue();
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, user: 'user-1' });
  addToAllObjects();

  const started = poller.start().catch((error: unknown) => error);
  await world.pass(10);

  expect(await started).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'Object.prototype' } });
  expect(emitted.failure).toMatchObject([{ error: { code: 'INVALID_OPTIONS' }, retryIn: undefined }]);
  expect(poller.status).toBe('failed');
  expect(server.sent).toEqual([]);
});

it('T5 a poller that does not share works', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch });
  addToAllObjects();

  poller.start();
  await world.pass(10);

  expect(poller.status).toBe('polling');
  expect(server.requests('poll').length).toBeGreaterThan(0);
});

it('T5 S3 reading a message of another tab never throws', () => {
  const channels = Array.from({ length: 200_000 }, () => 5);
  const reading = { kind: 'reading', connectionId: 'c', connection: { id: 'c', channels }, from: 1, to: 1 };
  expect(readTabMessage({ kind: 'update', update: reading })).toBeUndefined();
  addToAllObjects();
  expect(() => readTabMessage({ kind: 'pong', isHidden: true })).not.toThrow();
});
