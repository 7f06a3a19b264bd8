import { describe, expect, it } from 'vitest';
import { bankside } from './fixtures/built.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run } = stage;

describe('docs/commands.md', () => {
  it('has its commands checked by a schema', async () => {
    const snippet = codeUnder('docs/commands.md', 'Check the reply');
    await run(snippet);
    const wrong = new bankside.WidgetBridge({ transport: { send: () => ({ numberOfInsights: 'six' }) } });
    await expect(run(snippet, { bridge: wrong })).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('links a bank', async () => {
    const before = stage.sandbox.ob.logins.length;
    await run(codeUnder('docs/commands.md', 'Open Banking'));
    expect(stage.sandbox.ob.logins).toHaveLength(before + 1);
  });
});
