import { describe, expect, it } from 'vitest';
import { bankside } from './built.ts';
import { placeOf, snippetsIn } from './pages.ts';
import { queueTests } from './queue-tests.ts';
import { snippetTests } from './snippet-tests.ts';

const all = snippetsIn('ts', 'js').map((snippet) => [placeOf(snippet), snippet] as const);
const isOfQueue = ([, { code }]: (typeof all)[number]): boolean => /\b(QueuePoller|poller)\b/.test(code);

describe('what is about requests', () => {
  const stage = snippetTests();

  it.each(all.filter((one) => !isOfQueue(one)))('the code of %s runs to its end', async (_at, snippet) => {
    // It has a server of its own.
    if (snippet.code.includes('setupServer')) stage.server.close();
    await expect(stage.run(snippet, { Bankside: bankside })).resolves.toBeDefined();
  });
});

describe('what is about the event queue', () => {
  const stage = queueTests();

  it.each(all.filter(isOfQueue))('the code of %s runs to its end', async (_at, snippet) => {
    void stage.page.poller.start();
    // Meanwhile a connection synchronises.
    setTimeout(() => stage.sandbox.linxo.synchronise('connection-1'), 5_000);
    await expect(stage.run(snippet, { Bankside: bankside })).resolves.toBeDefined();
  });
});
