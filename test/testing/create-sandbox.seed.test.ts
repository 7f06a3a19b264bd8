import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/testing/index.ts';
import { asking } from './fixtures/ask.ts';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2027, 2, 1), toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

async function everything(sandbox: Sandbox): Promise<unknown[]> {
  const ask = asking(sandbox);
  const answers = [
    await ask('pserver', { type: 'generateInsights' }),
    await ask('pserver', { type: 'getInsights' }),
    await ask('enrich', { type: 'getUserSubscriptions' }),
    await ask('ob', { type: 'ConnectLite', institutionId: 'es-banco-ciguena' }),
    await ask('ob', { type: 'getAccounts' }),
    await ask('ob', { type: 'refreshTime' }),
  ];
  return Promise.all(answers.map((answer) => answer.json()));
}

async function struck(seed: number): Promise<boolean[]> {
  const sandbox = createSandbox({ seed });
  const ask = asking(sandbox);
  sandbox.fault({ kind: 'error', probability: 0.5 });
  const hits = [];
  for (let count = 0; count < 100; count += 1) {
    hits.push((await ask('pserver', { type: 'getInsights' })).status === 500);
  }
  return hits;
}

test('the same seed gives the same answers', async () => {
  expect(await everything(createSandbox({ seed: 5 }))).toEqual(await everything(createSandbox({ seed: 5 })));
  expect(await everything(createSandbox())).toEqual(await everything(createSandbox({ seed: 1 })));
});

test('another seed gives other amounts', async () => {
  expect(await everything(createSandbox({ seed: 5 }))).not.toEqual(
    await everything(createSandbox({ seed: 6 })),
  );
});

test('the data of one server do not depend on requests to another', async () => {
  const [quiet, busy] = [createSandbox(), createSandbox()];
  for (let count = 0; count < 3; count += 1) busy.pserver.execute({ type: 'generateInsights' });

  const connect = { type: 'ConnectLite', institutionId: 'es-banco-ciguena' };
  quiet.ob.execute(connect);
  busy.ob.execute(connect);

  expect(busy.ob.accounts).toEqual(quiet.ob.accounts);
});

test('random faults repeat with the seed, and are about as frequent as their probability', async () => {
  const hits = await struck(3);

  expect(await struck(3)).toEqual(hits);
  expect(await struck(4)).not.toEqual(hits);
  const count = hits.filter(Boolean).length;
  expect(count).toBeGreaterThan(30);
  expect(count).toBeLessThan(70);
});
