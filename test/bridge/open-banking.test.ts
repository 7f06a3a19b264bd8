import { expect, it, vi } from 'vitest';
import { object, string } from 'zod/mini';
import { type OpenBankingClient, openBankingClient, type WidgetBridge } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';

const { setUpWith } = bridgeTests();

/** The client’s functions, and the names that they have on the wire. */
const FUNCTIONS: readonly [keyof OpenBankingClient, string][] = [
  ['getBankConfiguration', 'getBankConfiguration'],
  ['getAccounts', 'getAccounts'],
  ['getFinancialInstitutions', 'getFinancialInstitutions'],
  ['connectLite', 'ConnectLite'],
  ['deleteAccountByInstitutionLoginId', 'deleteAccountByInstituionLoginId'],
  ['refreshTime', 'refreshTime'],
];

it.each(FUNCTIONS)('B5 %s is %s on the wire, with its parameters beside it', async (name, type) => {
  const { bridge, transport } = setUpWith({ send: vi.fn(() => ({ ok: true })) });
  const client = openBankingClient(bridge);

  expect(await client[name]({ query: 'x', type: 'no type of the caller’s' })).toEqual({ ok: true });
  expect(transport.send).toHaveBeenCalledWith(
    expect.objectContaining({ server: 'ob', type, body: { query: 'x', type } }),
    expect.anything(),
  );
});

it.each(FUNCTIONS)('B5 %s needs no parameters', async (name, type) => {
  const { bridge, transport } = setUpWith({ send: vi.fn(() => ({})) });
  await openBankingClient(bridge)[name]();

  expect(transport.send).toHaveBeenCalledWith(expect.objectContaining({ body: { type } }), expect.anything());
});

it('hands options on, the schema among them', async () => {
  const { bridge } = setUpWith({ send: () => ({ connectUrl: 'https://bank.example/', more: 1 }) });
  const { connectLite } = openBankingClient(bridge);
  const schema = object({ connectUrl: string() });

  expect(await connectLite({}, { schema })).toEqual({ connectUrl: 'https://bank.example/' });
  await expect(connectLite({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
});

it('needs nothing of a bridge but `send`', async () => {
  const send = vi.fn(() => Promise.resolve({ ok: true })) as unknown as WidgetBridge['send'];
  await openBankingClient({ send }).getAccounts({ a: 1 }, { timeout: 5 });

  expect(vi.mocked(send).mock.calls).toEqual([['ob', { a: 1, type: 'getAccounts' }, { timeout: 5 }]]);
});
