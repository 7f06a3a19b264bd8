import { describe, expect, it } from 'vitest';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run } = stage;

describe('docs/commands.md', () => {
  it('links a bank', async () => {
    const before = stage.sandbox.ob.logins.length;
    await run(codeUnder('docs/commands.md', 'Open Banking'));
    expect(stage.sandbox.ob.logins).toHaveLength(before + 1);
  });
});
