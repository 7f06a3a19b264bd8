import { build } from 'esbuild';
import type * as kyModule from 'ky';
import { expect, it, onTestFinished } from 'vitest';
import type * as Bankside from '../../src/index.ts';

/** The package and ky as one module, which looks at the engine when it is imported. */
async function importBundled(): Promise<typeof Bankside & { readonly ky: typeof kyModule.default }> {
  const contents = "export * from './dist/index.js'; export { default as ky } from 'ky';";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
}

it('T5 the signal of an instance does not count where the engine has no AbortSignal.any', async () => {
  // Safari before 17.4.
  const { any } = AbortSignal;
  Reflect.deleteProperty(AbortSignal, 'any');
  onTestFinished(() => {
    AbortSignal.any = any;
  });
  const { httpTransport, ky, WidgetBridge } = await importBundled();
  expect(AbortSignal).not.toHaveProperty('any');
  const transport = httpTransport({
    endpoints: { pserver: 'https://www.bank.example/gateway/pserver' },
    authToken: false,
    ky: ky.create({ signal: AbortSignal.abort() }),
    fetch: async () => Response.json({ ok: true }),
  });
  const bridge = new WidgetBridge({ transport });

  await expect(bridge.send('pserver', { type: 'getInsights' })).resolves.toEqual({ ok: true });

  bridge.dispose();
});
