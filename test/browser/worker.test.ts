import { expect, onTestFinished, test } from 'vitest';
import { openRoom } from './room.ts';

test.each([
  ['as it is', false],
  ['without Symbol.dispose, AbortSignal.any and reportError', true],
])('S2 a request from a module worker, in an engine %s', async (_what, isOld) => {
  const room = await openRoom({ body: '{"ok":true,"insights":[]}' });
  const worker = new Worker(new URL('./asking-worker.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  const told = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

  worker.postMessage({ address: room.address('pserver'), isOld });

  expect(await told).toEqual({
    answer: { ok: true, insights: [] },
    isPage: false,
    pending: 0,
    disposed: true,
  });
  expect(await room.arrivals()).toMatchObject([{ headers: { authtoken: 'token-1' } }]);
});
