import { describe, expect, it } from 'vitest';
import { bankside } from './fixtures/built.ts';
import { count, counted } from './fixtures/count-insights.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('docs/https.md', heading, n);

describe('a transport', () => {
  it('sends no token where a gateway adds it', async () => {
    const { transport } = await run(under("Keep the token on the bank's side"));
    expect(await new bankside.WidgetBridge({ transport }).send('pserver', count)).toEqual(counted);
    expect(stage.arrived.map(({ headers }) => headers.has('authToken'))).toEqual([false]);
  });

  it('signs what is sent', async () => {
    const { transport } = await run(under('Add headers: CSRF, signing, `bankId`'));
    const body = { ...count, hints: 'ü' };
    await new bankside.WidgetBridge({ transport }).send('pserver', body);
    const [request] = stage.arrived;
    expect(await request?.text()).toBe(JSON.stringify(body));
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      bankid: '42',
      'x-csrf-token': stage.page.csrfToken,
      'x-signature': await stage.page.sign(JSON.stringify(body)),
    });
  });
});
