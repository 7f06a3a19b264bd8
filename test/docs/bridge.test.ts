import { describe, expect, it } from 'vitest';
import type { WidgetBridge } from '../../src/index.ts';
import { bankside } from './fixtures/built.ts';
import { counted, silent } from './fixtures/count-insights.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('docs/bridge.md', heading, n);

describe('an option of the bridge', () => {
  it('chooses the form of the reply', async () => {
    const declared = await run(under('Choose the form of the reply'));
    const formOf = async (name: string, place: number): Promise<unknown> => {
      stage.ask(declared[name] as WidgetBridge);
      return (await answers(place))[place - 1]?.response;
    };
    expect(JSON.parse((await formOf('withText', 1)) as string)).toEqual(counted);
    expect(JSON.parse(atob((await formOf('withBase64', 2)) as string))).toEqual(counted);
    expect(await formOf('withMore', 3)).toEqual({ response: counted, receivedAt: expect.any(Number) });
  });

  it('words a failure', async () => {
    const { bridge } = await run(under('Set timeouts and failure replies'));
    stage.sandbox.fault({ kind: 'garbage' });
    stage.ask(bridge);
    expect(await answers()).toEqual([
      { response: { ok: false, status: '600', statusMessage: 'Please try again.' }, requestId: '7' },
    ]);
  });

  it('does not word what the server says itself', async () => {
    const { bridge } = await run(under('Set timeouts and failure replies'));
    stage.sandbox.fault({ kind: 'error', status: 500, body: 'json' });
    stage.ask(bridge);
    expect(await answers()).toMatchObject([{ response: { ok: false, status: '500' } }]);
  });
});

describe('the page', () => {
  it('ends the bridge when the user logs out', async () => {
    const bridge = new bankside.WidgetBridge({ transport: silent });
    stage.ask(bridge);
    await run(under('Log out', 0), { bridge });
    expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
    expect(await answers()).toMatchObject([{ response: { ok: false }, requestId: '7' }]);
  });

  it('ends it with a signal', async () => {
    const { bridge } = await run(under('Log out', 1));
    expect(bridge.getSnapshot()).toMatchObject({ disposed: true });
  });
});
