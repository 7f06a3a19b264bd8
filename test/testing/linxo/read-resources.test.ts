import { describe, expect, test } from 'vitest';
import { byHandlers, type Client, client } from './fixtures/client.ts';

const DAY = 86_400;

interface Item {
  readonly id: string;
  readonly date: number;
  readonly [field: string]: unknown;
}

/** A client whose connection has listed its accounts, by a synchronisation. */
function synchronised(options = {}): Client {
  const page = client(options, byHandlers);
  page.sandbox.linxo.synchronise(page.connectionId);
  page.pass(60_000);
  return page;
}

async function list(page: Client, path: string): Promise<readonly Item[]> {
  const response = await page.call('GET', `/linxo/v2.1${path}`);
  expect(response.status).toBe(200);
  return response.json();
}

const idsOf = (items: readonly Item[]): string[] => items.map(({ id }) => id);

describe.each(['/linxo/v2.1', '/gateway/linxo/v2.1'])('%s', (base) => {
  test.each(['connections', 'accounts', 'transactions'])('%s is a list', async (name) => {
    const response = await synchronised().call('GET', `${base}/${name}`);

    expect(response.status).toBe(200);
    const items: readonly Item[] = await response.json();
    expect(Array.isArray(items)).toBe(true);
    expect(items[0]).toMatchObject({ id: expect.any(String) });
  });
});

describe.each(['/linxo/v3', '/gateway/linxo/v3'])('%s', (base) => {
  test.each(['connections', 'accounts', 'transactions'])('%s is a list in an object', async (name) => {
    const response = await synchronised().call('GET', `${base}/${name}?user_id=user-1`);

    expect(response.status).toBe(200);
    const value = await response.json();
    expect(Object.keys(value)).toEqual([name]);
    expect(value[name].length).toBeGreaterThan(0);
  });

  test.each(['connections', 'accounts', 'transactions', 'users/me'])(
    '%s of another user is 403',
    async (name) => {
      const response = await synchronised().call('GET', `${base}/${name}?user_id=user-2`);

      expect(response.status).toBe(403);
    },
  );
});

test.each(['connections', 'accounts', 'transactions'])(
  'without a version, %s is a list in an object, whose items have the fields of version 2.1',
  async (name) => {
    const page = synchronised();
    const items = await list(page, `/${name}`);
    expect(await (await page.call('GET', `/linxo/${name}`)).json()).toEqual({ [name]: items });
  },
);

test('without a version, the parameter user_id is not known', async () => {
  expect((await synchronised().call('GET', '/linxo/connections?user_id=user-2')).status).toBe(200);
});

describe('accounts', () => {
  test('exist once an event has listed them, with the same data', async () => {
    const page = client();
    expect(await list(page, '/accounts')).toEqual([]);
    page.sandbox.linxo.synchronise(page.connectionId);
    page.pass(6_000);
    expect(await list(page, '/accounts')).toHaveLength(2);
    page.pass(60_000);

    const listed = page.sandbox.linxo.published.flatMap(({ event }) => event.accounts ?? []);
    expect(listed).toHaveLength(4);
    expect(await list(page, '/accounts')).toMatchObject(listed);
  });

  test('have their connection, their channel, a status and dates', async () => {
    const page = client();
    const start = page.now() / 1_000;
    page.sandbox.linxo.synchronise(page.connectionId);
    page.pass(60_000);
    const [account] = await list(page, '/accounts');

    expect(account).toEqual({
      id: 'connection-1-REDIRECT-1',
      connection_id: 'connection-1',
      name: 'Current account',
      type: 'CHECKINGS',
      currency: 'EUR',
      balance: expect.any(Number),
      balance_date: start + 6,
      account_number: expect.stringMatching(/^\d{11}$/),
      iban: expect.stringMatching(/^FR\d{25}$/),
      status: 'ACTIVE',
      usage: 'PERSONAL',
      owner: {},
      creation_date: start + 6,
      last_channel_definition_id: '8701',
    });
  });

  test('keep the date of their creation when they are listed again', async () => {
    const page = synchronised();
    const [before] = await list(page, '/accounts');
    page.sandbox.linxo.synchronise(page.connectionId);
    page.pass(60_000);
    const after = (await list(page, '/accounts')).find(({ id }) => id === before?.id);

    expect(after).toEqual({ ...before, balance_date: Number(before?.['balance_date']) + 60 });
  });

  test('are replaced by the next list of their channel', async () => {
    const page = synchronised();
    page.sandbox.linxo.publish(page.connectionId, {
      event: 'LIST_ACCOUNTS',
      channel: 'EMBEDDED',
      accounts: 1,
    });

    expect(idsOf(await list(page, '/accounts')).sort()).toEqual([
      'connection-1-EMBEDDED-1',
      'connection-1-REDIRECT-1',
      'connection-1-REDIRECT-2',
    ]);
  });

  test('keep the fields that a script gives', async () => {
    const page = client();
    const own = {
      id: 'mine',
      name: 'Mine',
      type: 'LOAN',
      currency: 'EUR',
      balance: -1,
      iban: 'FR00',
    } as never;
    page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts: [own] });

    const [account] = await list(page, '/accounts');
    expect(account).toMatchObject({ ...(own as object), connection_id: 'connection-1', status: 'ACTIVE' });
    expect(account).not.toHaveProperty('last_channel_definition_id');
  });

  test('of a script that are no accounts are left out', async () => {
    const page = client();
    const accounts = [null, 'account', {}, { id: 7 }] as never;
    page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts });

    expect(await list(page, '/accounts')).toEqual([]);
  });

  test('that a script gives with their id only have a type, a currency and a balance', async () => {
    const page = client();
    const accounts = [{ id: 'mine' }, { id: 'other', type: undefined, currency: undefined }] as never;
    page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts });

    const defaults = { type: 'CHECKINGS', currency: 'EUR', balance: 0 };
    expect(await list(page, '/accounts')).toMatchObject([defaults, defaults]);
    expect(await list(page, '/transactions?account_id=mine')).toMatchObject([
      { currency: 'EUR' },
      {},
      {},
      {},
      {},
      {},
    ]);
    const version3 = await (await page.call('GET', '/linxo/v3/accounts')).json();
    const balance = { amount: { amount: '0.00', currency: 'EUR' } };
    expect(version3.accounts).toMatchObject([{ balance }, { balance }]);
    const { transactions } = await (await page.call('GET', '/linxo/v3/transactions')).json();
    for (const { amount } of transactions) {
      expect(amount).toEqual({ amount: expect.stringMatching(/^-?\d+\.\d\d$/), currency: 'EUR' });
    }
  });

  test.each([null, 'much', '12.5', {}, NaN, Infinity])(
    'whose balance is %s have none in version 3',
    async (balance) => {
      const page = client();
      const accounts = [{ id: 'mine', balance }] as never;
      page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts });

      const response = await page.call('GET', '/linxo/v3/accounts/mine');
      expect(response.status).toBe(200);
      const account = await response.json();
      expect(account).toMatchObject({ id: 'mine', type: 'CHECKINGS' });
      expect(account).not.toHaveProperty('balance');
    },
  );

  test.each([
    ['SUCCESS', 'ACTIVE'],
    ['PARTIAL_SUCCESS', 'ACTIVE'],
    ['RUNNING', 'ACTIVE'],
    ['CHALLENGE_REQUIRED', 'ACTIVE'],
    ['AUTH_FAILED', 'ERROR'],
    ['TOKEN_EXPIRED', 'ERROR'],
    ['CLOSED', 'CLOSED'],
  ])('of a channel that is %s are %s', async (channelStatus, status) => {
    const page = synchronised();
    page.sandbox.linxo.publish(page.connectionId, { channel: 'EMBEDDED', status: channelStatus });

    const accounts = await list(page, '/accounts');
    expect(accounts.map((account) => account['status'])).toEqual(['ACTIVE', 'ACTIVE', status, status]);
  });

  test('are deleted when their channel becomes EMPTY', async () => {
    const page = synchronised();
    page.sandbox.linxo.publish(page.connectionId, { channel: 'EMBEDDED', status: 'EMPTY' });
    expect(idsOf(await list(page, '/accounts'))).toEqual([
      'connection-1-REDIRECT-1',
      'connection-1-REDIRECT-2',
    ]);
    page.sandbox.linxo.publish(page.connectionId, { channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' });

    expect(await list(page, '/accounts')).toHaveLength(2);
  });

  test('of an unknown channel, and of none, are deleted when all channels are EMPTY', async () => {
    const page = client();
    const { linxo } = page.sandbox;
    const other = linxo.addConnection();
    linxo.synchronise(page.connectionId, 'documents-example');
    page.pass(60_000);
    linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts: 1 });
    linxo.publish(other.id, { event: 'LIST_ACCOUNTS', channel: 'redirect1', accounts: 1 });
    linxo.publish(page.connectionId, { channel: 'EMBEDDED', status: 'EMPTY' });
    expect(await list(page, `/accounts?connection_id=${page.connectionId}`)).toHaveLength(3);
    linxo.publish(page.connectionId, { channel: 'REDIRECT', status: 'EMPTY' });

    expect(idsOf(await list(page, '/accounts'))).toEqual([`${other.id}-redirect1-1`]);
  });

  test.each([[[]], [[{ kind: 'EMBEDDED' } as const]]])(
    'of an unknown channel stay when a step changes no channel of %j',
    async (channels) => {
      const page = client();
      const { id } = page.sandbox.linxo.addConnection({ channels });
      page.sandbox.linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'redirect1', accounts: 1 });
      page.sandbox.linxo.publish(id, { channel: 'redirect1', status: 'EMPTY' });

      expect(await list(page, '/accounts')).toHaveLength(1);
    },
  );

  test('are deleted by one step that makes all channels EMPTY', async () => {
    const page = client();
    page.sandbox.linxo.synchronise(page.connectionId, 'documents-example');
    page.pass(60_000);
    expect(await list(page, '/accounts')).toHaveLength(2);
    page.sandbox.linxo.publish(page.connectionId, { status: 'EMPTY' });

    expect(await list(page, '/accounts')).toEqual([]);
    expect(await list(page, '/transactions')).toEqual([]);
  });

  test('can be limited to a connection', async () => {
    const page = synchronised();
    const { id } = page.sandbox.linxo.addConnection();
    page.sandbox.linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });

    expect(await list(page, '/accounts')).toHaveLength(6);
    expect(idsOf(await list(page, `/accounts?connection_id=${id}`))).toEqual([
      'connection-2-EMBEDDED-1',
      'connection-2-EMBEDDED-2',
    ]);
    expect(await list(page, '/accounts?connection_id=nothing')).toEqual([]);
  });

  test('come in pages', async () => {
    const page = client();
    page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts: 700 });
    const all = Array.from({ length: 700 }, (_, index) => `connection-1--${index + 1}`);
    const read = async (query: string) => idsOf(await list(page, `/accounts${query}`));

    expect(await read('')).toEqual(all.slice(0, 100));
    expect(await read('?page=2')).toEqual(all.slice(100, 200));
    expect(await read('?limit=3&page=3')).toEqual(all.slice(6, 9));
    expect(await read('?limit=1000')).toEqual(all.slice(0, 500));
    expect(await read('?limit=500&page=2')).toEqual(all.slice(500));
    expect(await read('?page=9')).toEqual([]);
    expect(await read('?page=0&limit=-1')).toEqual(all.slice(0, 100));
  });

  test('can be read one by one', async () => {
    const page = synchronised();
    const [, account] = await list(page, '/accounts');
    const response = await page.call('GET', `/linxo/accounts/${account?.id}`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(account);
    expect((await page.call('GET', '/linxo/accounts/nothing')).status).toBe(404);
  });

  test('have the currency in their balance in version 3', async () => {
    const page = synchronised();
    const [account] = await list(page, '/accounts');
    const { accounts } = await (await page.call('GET', '/linxo/v3/accounts')).json();
    const { balance, currency, ...rest } = account as Item;

    expect(accounts[0]).toEqual({
      ...rest,
      balance: { amount: { amount: Number(balance).toFixed(2), currency } },
    });
    expect(await (await page.call('GET', `/linxo/v3/accounts/${account?.id}`)).json()).toEqual(accounts[0]);
  });

  test('have an IBAN with valid check digits, each its own', async () => {
    const page = client();
    page.sandbox.linxo.publish(page.connectionId, { event: 'LIST_ACCOUNTS', accounts: 100 });
    const ibans = (await list(page, '/accounts')).map((account) => String(account['iban']));

    expect(new Set(ibans).size).toBe(100);
    for (const iban of ibans) {
      const digits = `${iban.slice(4)}1527${iban.slice(2, 4)}`;
      expect(BigInt(digits) % 97n).toBe(1n);
    }
  });
});

describe('transactions', () => {
  test('are those of all accounts, the newest first, from before the account was listed', async () => {
    const page = synchronised();
    const transactions = await list(page, '/transactions');
    const dates = transactions.map(({ date }) => date);

    expect(new Set(transactions.map((one) => one['account_id']))).toEqual(
      new Set(idsOf(await list(page, '/accounts'))),
    );
    expect(new Set(idsOf(transactions)).size).toBe(24);
    expect(dates).toEqual([...dates].sort((one, other) => other - one));
    expect(Math.max(...dates)).toBeLessThan(page.now() / 1_000);
    expect(Math.min(...dates)).toBeGreaterThan(page.now() / 1_000 - 60 * DAY);
  });

  test('have the fields that clients read', async () => {
    const [transaction] = await list(synchronised(), '/transactions?account_id=connection-1-EMBEDDED-2');

    expect(transaction).toEqual({
      id: expect.stringMatching(/^connection-1-EMBEDDED-2-t\d$/),
      account_id: 'connection-1-EMBEDDED-2',
      label: expect.any(String),
      amount: expect.any(Number),
      currency: 'EUR',
      type: expect.stringMatching(/^[A-Z_]+$/),
      status: 'BOOKED',
      origin: 'TRANSACTION',
      category_id: expect.stringMatching(/^[A-Z]+$/),
      date: expect.any(Number),
      booking_date: transaction?.date,
      value_date: transaction?.date,
      import_date: expect.any(Number),
      remittance_information: [transaction?.['label']],
    });
  });

  test('are the same at each read and for each seed, and differ between seeds and accounts', async () => {
    const read = (seed: number) => list(synchronised({ seed }), '/transactions');
    const page = synchronised({ seed: 3 });

    expect(await list(page, '/transactions')).toEqual(await list(page, '/transactions'));
    expect(await read(3)).toEqual(await read(3));
    expect(await read(3)).not.toEqual(await read(4));
    const amounts = async (account: string) =>
      (await list(page, `/transactions?account_id=connection-1-${account}`)).map((one) => one['amount']);
    expect(await amounts('EMBEDDED-1')).not.toEqual(await amounts('EMBEDDED-2'));
  });

  test.each([
    'account_id=connection-1-REDIRECT-2',
    'account_ids=connection-1-REDIRECT-2',
    'account_ids%5B%5D=connection-1-REDIRECT-2',
    'account_ids%5B0%5D=connection-1-REDIRECT-2',
  ])('can be limited to an account: %s', async (query) => {
    const transactions = await list(synchronised(), `/transactions?${query}`);

    expect(transactions).toHaveLength(6);
    expect(new Set(transactions.map((one) => one['account_id']))).toEqual(
      new Set(['connection-1-REDIRECT-2']),
    );
  });

  test('can be limited to several accounts', async () => {
    const query = 'account_ids[0]=connection-1-REDIRECT-1&account_ids[1]=connection-1-EMBEDDED-1';

    expect(await list(synchronised(), `/transactions?${query}`)).toHaveLength(12);
  });

  test('of unknown accounts are none, and so are those of other users', async () => {
    const page = synchronised();
    const { id } = page.sandbox.linxo.addConnection({ user: 'ada' });
    page.sandbox.linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });

    expect(await list(page, '/transactions?account_id=nothing')).toEqual([]);
    expect(await list(page, `/transactions?account_id=${id}-EMBEDDED-1`)).toEqual([]);
  });

  test('can be limited to dates, as unix seconds or as ISO 8601', async () => {
    const page = synchronised();
    const all = await list(page, '/transactions');
    const [from, to] = [all[15]?.date ?? 0, all[5]?.date ?? 0];
    const wanted = idsOf(all.filter(({ date }) => date >= from && date <= to));
    const iso = (seconds: number) => encodeURIComponent(new Date(seconds * 1_000).toISOString());

    expect(wanted.length).toBeLessThan(24);
    expect(idsOf(await list(page, `/transactions?start_date=${from}&end_date=${to}`))).toEqual(wanted);
    expect(idsOf(await list(page, `/transactions?start_date=${iso(from)}&end_date=${iso(to)}`))).toEqual(
      wanted,
    );
    for (const name of ['start_date', 'end_date']) {
      expect((await page.call('GET', `/linxo/transactions?${name}=soon`)).status).toBe(400);
    }
  });

  test('come in pages', async () => {
    const page = synchronised();
    const all = await list(page, '/transactions');

    expect(await list(page, '/transactions?page=2&limit=10')).toEqual(all.slice(10, 20));
    expect(await list(page, '/transactions?page=4&limit=10')).toEqual([]);
  });

  test('have the currency in their amount, and label and date as enrichments, in version 3', async () => {
    const page = synchronised();
    const [transaction] = await list(page, '/transactions');
    const { transactions } = await (await page.call('GET', '/linxo/v3/transactions')).json();
    const { amount, currency, label, date, ...rest } = transaction as Item;

    expect(transactions[0]).toEqual({
      ...rest,
      amount: { amount: Number(amount).toFixed(2), currency },
      enrichments: { display_label: label, date: new Date(date * 1_000).toISOString() },
    });
  });
});

test.each(['/linxo', '/linxo/v2.1', '/linxo/v3'])('%s/users/me is the user of the token', async (base) => {
  const { call, sandbox, now, pass } = client();
  const created = now() / 1_000;
  const authorization = `Bearer ${sandbox.issueAccessToken({ user: 'ada' })}`;
  pass(60_000);

  expect(await (await call('GET', `${base}/users/me`)).json()).toMatchObject({ id: 'user-1' });
  expect(await (await call('GET', `${base}/users/me`, { headers: { authorization } })).json()).toEqual({
    id: 'ada',
    email: 'ada@bankside.example',
    first_name: expect.any(String),
    last_name: expect.any(String),
    creation_date: created,
  });
});

describe('another user', () => {
  test('sees none of the accounts, and may not read one', async () => {
    const page = synchronised();
    const authorization = `Bearer ${page.sandbox.issueAccessToken({ user: 'ada' })}`;
    const read = (path: string) => page.call('GET', `/linxo/v2.1${path}`, { headers: { authorization } });

    expect(await (await read('/accounts')).json()).toEqual([]);
    expect(await (await read('/transactions')).json()).toEqual([]);
    expect((await read('/accounts/connection-1-EMBEDDED-1')).status).toBe(403);
    expect((await read('/accounts/nothing')).status).toBe(404);
    expect((await read('/connections/connection-1')).status).toBe(404);
    expect((await read('/connections/nothing')).status).toBe(404);
  });
});

describe('errors', () => {
  test.each([
    [400, 'invalid_request', 'POST', '/linxo/queues/subscribe', {}],
    [401, 'invalid_token', 'GET', '/linxo/accounts', { headers: { authorization: 'Bearer abc' } }],
    [403, 'forbidden', 'GET', '/linxo/v3/accounts?user_id=ada', {}],
    [404, 'not_found', 'GET', '/linxo/accounts/nothing', {}],
    [405, 'method_not_allowed', 'DELETE', '/linxo/accounts', {}],
  ] as const)('of %i are %s, with a description', async (status, error, method, path, init) => {
    const response = await client().call(method, path, init);

    expect(response.status).toBe(status);
    const { statusMessage, ...rest } = await response.json();
    expect(statusMessage).toMatch(/^\w.*\.$/);
    expect(rest).toEqual({ ok: false, status: String(status), error, error_description: statusMessage });
  });

  test.each([
    [418, 'invalid_request'],
    [503, 'server_error'],
  ])('that are requested faults of %i have the same form', async (status, error) => {
    const { call, sandbox } = client();
    sandbox.fault({ kind: 'error', server: 'linxo', status });

    expect(await (await call('GET', '/linxo/accounts')).json()).toMatchObject({
      ok: false,
      status: String(status),
      error,
      error_description: expect.any(String),
    });
  });
});

test.each([
  ['account', '/linxo/accounts'],
  ['account', '/linxo/accounts/some'],
  ['transaction', '/linxo/v3/transactions'],
  ['user', '/gateway/linxo/users/me'],
  ['connection', '/linxo/v2.1/connections'],
])('the log and faults call the operation %s: %s', async (type, path) => {
  const { call, sandbox } = client();
  sandbox.fault({ kind: 'error', status: 503, server: 'linxo', type });
  await call('GET', '/linxo/queues/some');
  const response = await call('GET', path);

  expect(response.status).toBe(503);
  expect(sandbox.log.at(-1)).toMatchObject({ server: 'linxo', type, status: 503, fault: 'error' });
});

test.each(['accounts', 'accounts/some', 'transactions', 'users/me'])('POST of %s is 405', async (path) => {
  const response = await client({}, byHandlers).call('POST', `/linxo/v3/${path}`);

  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET');
});

test.each(['transactions/some', 'users', 'users/ada', 'accounts/some/transactions', 'v9/accounts'])(
  'there is nothing at %s',
  async (path) => {
    expect((await client().call('GET', `/linxo/${path}`)).status).toBe(404);
  },
);
