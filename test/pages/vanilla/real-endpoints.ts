import { expect, it } from 'vitest';
import { startCrossOriginBank } from './cross-origin-bank.ts';
import { Example, type Setting } from './example.ts';

export function testRealEndpoints(getSetting: () => Setting): void {
  it('talks to real endpoints at another origin by configuration alone', async () => {
    const bank = await startCrossOriginBank();
    const real = await Example.open(getSetting(), {
      BANKSIDE_PSERVER_URL: `${bank.url}/pserver/execute`,
      BANKSIDE_ENRICH_URL: `${bank.url}/enrich/execute`,
      BANKSIDE_OB_URL: `${bank.url}/ob/execute`,
      BANKSIDE_TOKEN_URL: `${bank.url}/token`,
      BANKSIDE_BANK_ID: '4711',
    });
    expect((await real.requests()).filter(({ state }) => state !== 'answered')).toEqual([]);
    const commands = bank.requests.filter(({ path }) => path !== '/token');
    expect(commands).toHaveLength(6);
    expect(commands.filter(({ bankId, hasToken }) => bankId !== '4711' || !hasToken)).toEqual([]);

    const ofSandbox = ['connections', 'faults', 'poller', 'next-sync', 'queue-faults'];
    const shown = await real.page.evaluate(
      (ids) => ids.filter((id) => document.getElementById(id)?.getClientRects().length),
      ofSandbox,
    );
    expect(shown).toEqual([]);
    expect(await real.problems()).toEqual([]);
    await real.close();
    await bank.close();
  });
}
