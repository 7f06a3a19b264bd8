import { expect, onTestFinished, test } from 'vitest';
import { scriptAnswers } from './answer-script.ts';

test.each([
  ['with all its features', false],
  ['without Symbol.dispose, AbortSignal.any and reportError', true],
])('S2 a request from a module worker, in an engine %s', async (_what, isOld) => {
  const script = await scriptAnswers({ body: '{"ok":true,"insights":[]}' });
  const worker = new Worker(new URL('./request-worker.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  const reply = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

  worker.postMessage({ address: script.address('pserver'), isOld });

  expect(await reply).toEqual({
    answer: { ok: true, insights: [] },
    isPage: false,
    pending: 0,
    disposed: true,
  });
  expect(await script.arrivals()).toMatchObject([{ headers: { authtoken: 'token-1' } }]);
});
