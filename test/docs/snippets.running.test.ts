import { describe, expect, it } from 'vitest';
import { bankside } from './fixtures/built.ts';
import { placeOf, snippetsIn } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

/** Decorators have to be compiled first. What is said of Angular runs in test/browser/angular. */
const isAngular = (code: string): boolean => code.includes("from '@angular/");
/** What is said of the service worker runs in three browsers, in test/pages/service-worker; the inspector too, in test/pages/inspector. */
const isOfBrowsers = (code: string): boolean => /'(msw\/browser|bankside\/inspector)'/.test(code);
const all = snippetsIn('ts', 'js')
  .filter(({ code }) => !isAngular(code) && !isOfBrowsers(code))
  .map((snippet) => [placeOf(snippet), snippet] as const);
const isOfQueue = ([, { code }]: (typeof all)[number]): boolean => /\b(QueuePoller|poller)\b/.test(code);

/** Where the pages tell of React and Angular layouts. */
const ofLayouts = ['Use React or Angular', 'Hand over the functions'];

describe('what is about requests', () => {
  const stage = snippetTests();

  it.each(all.filter((one) => !isOfQueue(one)))('the code of %s runs to its end', async (_at, snippet) => {
    if (ofLayouts.includes(snippet.heading)) stage.page.usePersoWidget();
    if (snippet.code.includes('loadWidget')) stage.page.hasLoaded();
    // It has a server of its own.
    if (/setupServer|startSandboxServer/.test(snippet.code)) stage.server.close();
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
