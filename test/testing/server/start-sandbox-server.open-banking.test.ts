import { describe, expect, it } from 'vitest';
import { type Served, served } from './fixtures/served.ts';

type Reply = { readonly [field: string]: unknown };

async function openBanking(): Promise<(type: string, fields?: object) => Promise<Reply>> {
  const { command }: Served = await served();
  return async (type, fields = {}) => (await command('ob', { type, ...fields })).json() as Promise<Reply>;
}

interface Login {
  readonly institutionLoginId: string;
  readonly institutionId: string;
  readonly status: string;
}

const listed = (reply: Reply, field: string) => reply[field] as readonly Login[];

describe('an Open Banking function is the type of a command', () => {
  it('getBankConfiguration, the first of the flow: all assets, text and images', async () => {
    const ask = await openBanking();
    expect(await ask('getBankConfiguration')).toMatchObject({
      ok: true,
      title: expect.any(String),
      texts: expect.objectContaining({ search: expect.any(String), consent: expect.any(String) }),
      assets: expect.objectContaining({ iconPath: expect.any(String) }),
    });
  });

  it('getAccounts: all accounts of the user, at all institutions', async () => {
    const accounts = listed(await (await openBanking())('getAccounts'), 'accounts');
    expect(accounts).toHaveLength(4);
    expect(new Set(accounts.map(({ institutionId }) => institutionId)).size).toBe(2);
  });

  it.each([
    ['a part of a name', 'sparhaus', 1],
    ['no words', '', 24],
    ['what no name holds', 'no such bank', 0],
  ])('getFinancialInstitutions: free-text search, by %s', async (_what, query, count) => {
    const ask = await openBanking();
    expect(listed(await ask('getFinancialInstitutions', { query }), 'institutions')).toHaveLength(count);
  });

  it('ConnectLite: a connection link, to finish onboarding at the institution', async () => {
    const ask = await openBanking();
    const [institution] = (await ask('getFinancialInstitutions', { query: 'ježků' }))['institutions'] as [
      { id: string },
    ];
    const link = await ask('ConnectLite', { institutionId: institution.id });
    expect(link).toMatchObject({ ok: true, institutionLoginId: 'login-3' });
    expect(new URL(String(link['connectUrl'])).protocol).toBe('https:');
  });

  it.each(['deleteAccountByInstituionLoginId', 'deleteAccountByInstitutionLoginId'])(
    '%s: unlinks all accounts of one login id, and no others',
    async (type) => {
      const ask = await openBanking();
      const [login] = listed(await ask('getAccounts'), 'accounts');
      const { institutionLoginId } = login as Login;
      expect(await ask(type, { institutionLoginId })).toMatchObject({ ok: true, deleted: 2 });
      const left = listed(await ask('getAccounts'), 'accounts');
      expect(left).toHaveLength(2);
      expect(left.map((account) => account.institutionLoginId)).not.toContain(institutionLoginId);
      expect(listed(await ask('refreshTime'), 'logins')).toHaveLength(1);
    },
  );

  it('refreshTime: onboarding status and dates of each institution login', async () => {
    const ask = await openBanking();
    await ask('ConnectLite', { institutionId: 'fr-banque-du-heron-bleu' });
    const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const login = (status: string) =>
      expect.objectContaining({
        institutionLoginId: expect.any(String),
        status,
        onboardedAt: date,
        refreshedAt: date,
      });
    const connected = login('CONNECTED');
    expect((await ask('refreshTime'))['logins']).toEqual([connected, connected, login('PENDING')]);
    expect((await ask('refreshTime'))['logins']).toEqual([connected, connected, connected]);
  });
});
