import { expect, it } from 'vitest';
import { bankside } from './built.ts';
import { placeOf, snippetsIn } from './pages.ts';
import { snippetTests } from './snippet-tests.ts';

const stage = snippetTests();

it.each(snippetsIn('ts', 'js').map((snippet) => [placeOf(snippet), snippet] as const))(
  'the code of %s runs to its end',
  async (_at, snippet) => {
    // It has a server of its own.
    if (snippet.code.includes('setupServer')) stage.server.close();
    await expect(stage.run(snippet, { Bankside: bankside })).resolves.toBeDefined();
  },
);
