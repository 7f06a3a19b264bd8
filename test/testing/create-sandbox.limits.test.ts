import { getResponse } from 'msw';
import { describe, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/testing/index.ts';

/** Random numbers from a counter, because real ones would take most of the time. */
function issueMany(sandbox: Sandbox, times: number): void {
  let drawn = 0;
  vi.stubGlobal('crypto', {
    getRandomValues: (bytes: Uint8Array) => {
      drawn += 1;
      new DataView(bytes.buffer).setUint32(0, drawn);
      return bytes;
    },
  });
  for (let count = 0; count < times; count += 1) sandbox.issueToken();
  vi.unstubAllGlobals();
}

describe('a sandbox in a page', () => {
  test('has the same limits, and names them', () => {
    const { linxo, ...sandbox } = createSandbox();
    const { id } = linxo.addConnection();
    const steps = Array.from({ length: 1_001 }, () => ({ after: 0, event: 'A' }));
    expect(() => linxo.synchronise(id, steps)).toThrow(
      /or a list of at most 1000 steps, .*, not a list of 1001\./,
    );
    expect(() => sandbox.jump(1e15)).toThrow('milliseconds, 315360000000 at most');
    for (let count = 0; count < 1_000; count += 1) sandbox.fault({ kind: 'never' });
    expect(() => sandbox.fault({ kind: 'never' })).toThrow('The limit of 1000 faults');
  });

  test('has a clock that ends in the year 9999', () => {
    const sandbox = createSandbox({ now: () => Date.UTC(9995, 0) });
    expect(() => sandbox.jump(10 * 365 * 86_400_000)).toThrow('before the year 10000');
    sandbox.jump(86_400_000);
  });

  test('treats an old token as stale, and the oldest of a hundred thousand as unknown', async () => {
    const sandbox = createSandbox({ liveTokens: 1 });
    const first = sandbox.issueToken();
    const ask = async (authToken: string) => {
      const init = { method: 'POST', headers: { authToken }, body: '{"type":"getInsights"}' };
      const response = await getResponse(
        sandbox.handlers,
        new Request('http://localhost/pserver/execute', init),
      );
      return JSON.stringify(await response?.json());
    };
    const second = sandbox.issueToken();
    expect(await ask(first)).toContain('is stale');
    issueMany(sandbox, 100_000 - 1);
    expect(await ask(first)).toContain('is unknown');
    expect(await ask(second)).toContain('is stale');
  });

  test('limits the number of connected institutions', () => {
    const { ob } = createSandbox();
    const connect = () => ob.execute({ type: 'ConnectLite', institutionId: ob.institutions[0]?.id });
    for (let count = ob.logins.length; count < 1_000; count += 1) connect();
    expect(ob.logins).toHaveLength(1_000);
    expect(connect()).toMatchObject({ ok: false, status: '429' });
    expect(ob.logins).toHaveLength(1_000);
  });
});
