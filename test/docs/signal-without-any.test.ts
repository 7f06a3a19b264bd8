import ky from 'ky';
import { afterAll, expect, it, vi } from 'vitest';
import { bankside } from './built.ts';

// Safari before 17.4 has no AbortSignal.any. It must be gone before ky is loaded, which looks for it.
const { any } = vi.hoisted(() => {
  const { any } = AbortSignal;
  Reflect.deleteProperty(AbortSignal, 'any');
  return { any };
});
afterAll(() => {
  AbortSignal.any = any;
});

it('T5 the signal of an instance does not count where the engine has no AbortSignal.any', async () => {
  expect(AbortSignal).not.toHaveProperty('any');
  const transport = bankside.httpTransport({
    endpoints: { pserver: 'https://www.bank.example/gateway/pserver' },
    authToken: false,
    ky: ky.create({ signal: AbortSignal.abort() }),
    fetch: async () => Response.json({ ok: true }),
  });
  const bridge = new bankside.WidgetBridge({ transport });

  await expect(bridge.send('pserver', { type: 'getInsights' })).resolves.toEqual({ ok: true });

  bridge.dispose();
});
