import { afterEach, expect, test, vi } from 'vitest';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { ScriptedQueue } from '../queue/fixtures/scripted-queue.ts';
import { useQueueWorld } from '../queue/fixtures/use-queue-world.ts';
import { marksFinished, observedBridge, waitForCount } from './fixtures/observed.ts';

const world = useQueueWorld();

afterEach(() => void vi.unstubAllGlobals());

test('T1 a request over plain HTTP is reported once, with the host of the page', async () => {
  const { bridge, transport, emitted } = observedBridge();
  bridge.send('pserver', { type: 'getInsights' }).catch(() => {});
  const { insecurePage } = transport.last.context;
  insecurePage?.('http://dev.bank.example:5174');
  insecurePage?.('http://dev.bank.example:5174');
  await waitForCount(emitted, 2);

  expect(emitted.slice(1)).toEqual([
    { kind: 'insecurePage', at: expect.any(Number), host: 'dev.bank.example:5174' },
  ]);
});

test('T1 a poller over plain HTTP is reported once', async () => {
  vi.stubGlobal('location', { href: 'http://dev.bank.example:5174/' });
  vi.spyOn(console, 'warn').mockReturnValue();
  const poller = world.poller({ baseUrl: '/linxo', fetch: new ScriptedQueue().fetch });
  const emitted: LifeEvent[] = [];
  const stop = observeLife(undefined, poller, (event) => emitted.push(event));
  poller.start();
  await world.pass(1_000);
  await marksFinished();

  expect(emitted.filter(({ kind }) => kind === 'queue.insecurePage')).toEqual([
    { kind: 'queue.insecurePage', at: expect.any(Number), host: 'dev.bank.example:5174' },
  ]);
  stop();
});
