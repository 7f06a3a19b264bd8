import { expect, test } from 'vitest';
import {
  type Account,
  createSandbox,
  type Institution,
  type InstitutionLogin,
} from '../../../src/testing/index.ts';
import { asking } from '../fixtures/ask.ts';

function openBanking(ask = asking(createSandbox())) {
  const call = async (type: string, fields: object = {}) => (await ask('ob', { type, ...fields })).json();
  return {
    call,
    accounts: async (): Promise<Account[]> => (await call('getAccounts')).accounts,
    logins: async (): Promise<InstitutionLogin[]> => (await call('refreshTime')).logins,
    find: async (query?: unknown): Promise<Institution[]> =>
      (await call('getFinancialInstitutions', { query })).institutions,
  };
}

test('getBankConfiguration answers with texts and assets', async () => {
  const configuration = await openBanking().call('getBankConfiguration');

  expect(configuration).toMatchObject({ ok: true, title: expect.stringMatching(/\w/) });
  expect(Object.keys(configuration.texts)).toContain('search');
  expect(Object.keys(configuration.assets)).toContain('iconPath');
});

test('getAccounts answers with masked accounts at two institutions', async () => {
  const accounts = await openBanking().accounts();

  expect(accounts).toHaveLength(4);
  expect(new Set(accounts.map(({ institutionLoginId }) => institutionLoginId)).size).toBe(2);
  for (const account of accounts) {
    expect(account).toEqual({
      id: expect.any(String),
      name: expect.stringMatching(/\w/),
      number: expect.stringMatching(/^[A-Z]{2}\d\d •••• •••• \d{4}$/),
      balance: expect.any(Number),
      currency: 'EUR',
      institutionId: expect.any(String),
      institutionName: expect.stringMatching(/\w/),
      institutionLoginId: expect.any(String),
    });
  }
});

test('24 institutions of several countries, each with a unique id', async () => {
  const institutions = await openBanking().find('');

  expect(institutions).toHaveLength(24);
  expect(new Set(institutions.map(({ id }) => id)).size).toBe(24);
  expect(new Set(institutions.map(({ country }) => country)).size).toBeGreaterThan(10);
  for (const { id, colour } of institutions) {
    expect(id).toMatch(/^[a-z]{2}-[a-z-]+[a-z]$/);
    expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  }
});

test.each([
  ['mollebaek', 'Møllebæk Sparekasse'],
  ['MØLLEBÆK', 'Møllebæk Sparekasse'],
  ['ciguena', 'Banco Cigüeña'],
  ['Cigu\u0308en\u0303a', 'Banco Cigüeña'],
  ['kasse mølle', 'Møllebæk Sparekasse'],
  ['zolwik', 'Bank Żółwik i Spółka'],
  ['thokusol', 'Þokusól Sparisjóður'],
  ['mussiggang', 'Müßiggang Genossenschaftsbank'],
  ['  știucă ', 'Banca Știucă'],
])('a search for %j finds %s', async (query, name) => {
  expect((await openBanking().find(query)).map((institution) => institution.name)).toEqual([name]);
});

test('a search that matches nothing finds nothing, and one without words finds all', async () => {
  const { find } = openBanking();

  expect(await find('héron grünfink')).toEqual([]);
  expect(await find('.*')).toEqual([]);
  expect(await find()).toHaveLength(24);
  expect(await find(7)).toHaveLength(24);
});

test('ConnectLite returns a link, and adds the accounts of the login', async () => {
  const { call, accounts } = openBanking();
  const [institution] = await openBanking().find('cigüeña');

  const { ok, connectUrl, institutionLoginId } = await call('ConnectLite', {
    institutionId: institution?.id,
  });

  expect(ok).toBe(true);
  expect(new URL(connectUrl).protocol).toBe('https:');
  const linked = (await accounts()).filter((account) => account.institutionLoginId === institutionLoginId);
  expect(linked).toHaveLength(2);
  expect(linked[0]).toMatchObject({ institutionId: institution?.id, institutionName: 'Banco Cigüeña' });
});

test('a new login is pending first, and connected on a later refreshTime', async () => {
  const { call, logins } = openBanking();
  const { institutionLoginId } = await call('ConnectLite', { institutionId: 'es-banco-ciguena' });
  const status = async () =>
    (await logins()).find((login) => login.institutionLoginId === institutionLoginId)?.status;

  expect([await status(), await status(), await status()]).toEqual(['PENDING', 'CONNECTED', 'CONNECTED']);
});

test('refreshTime returns the status and dates of each login', async () => {
  const logins = await openBanking().logins();

  expect(logins).toHaveLength(2);
  for (const login of logins) {
    expect(login).toMatchObject({ status: 'CONNECTED', institutionName: expect.stringMatching(/\w/) });
    expect(new Date(login.onboardedAt).toISOString()).toBe(login.onboardedAt);
    expect(Date.parse(login.refreshedAt)).toBeGreaterThanOrEqual(Date.parse(login.onboardedAt));
  }
});

test.each(['deleteAccountByInstituionLoginId', 'deleteAccountByInstitutionLoginId'])(
  '%s unlinks all accounts of one login, and no other',
  async (type) => {
    const { call, accounts, logins } = openBanking();

    expect(await call(type, { institutionLoginId: 'login-1' })).toMatchObject({ ok: true, deleted: 2 });

    expect((await accounts()).map(({ institutionLoginId }) => institutionLoginId)).toEqual([
      'login-2',
      'login-2',
    ]);
    expect((await logins()).map(({ institutionLoginId }) => institutionLoginId)).toEqual(['login-2']);
    expect(await call(type, { institutionLoginId: 'login-1' })).toMatchObject({ ok: false, status: '404' });
  },
);

test('an id is not assigned twice, even after its login was unlinked', async () => {
  const { call, accounts } = openBanking();
  await call('deleteAccountByInstituionLoginId', { institutionLoginId: 'login-2' });

  await call('ConnectLite', { institutionId: 'es-banco-ciguena' });

  expect((await accounts()).map(({ institutionLoginId }) => institutionLoginId)).toEqual([
    'login-1',
    'login-1',
    'login-3',
    'login-3',
  ]);
});

test('ConnectLite refuses an unknown institution', async () => {
  expect(await openBanking().call('ConnectLite', { institutionId: 'xx' })).toMatchObject({
    ok: false,
    status: '404',
  });
});
