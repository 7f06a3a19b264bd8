import { describe, expect, test } from 'vitest';
import { createQueueService } from '../../../src/testing/linxo/create-queue-service.ts';
import { START, ticking } from './fixtures/ticking.ts';

test('all accounts together are limited to twenty million characters, and the oldest lists are forgotten', () => {
  const linxo = createQueueService({ now: () => 0 });
  const name = 'x'.repeat(900_000);
  for (let count = 1; count <= 25; count += 1) {
    const { id } = linxo.addConnection();
    const account = { id: `account-${count}`, name, type: 'SAVINGS', currency: 'EUR', balance: 1 } as const;
    linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED', accounts: [account] });
  }
  const ids = linxo.accounts().map(({ id }) => id);

  expect(ids.length).toBeLessThanOrEqual(22);
  expect(ids.length).toBeGreaterThan(18);
  expect(ids.at(-1)).toBe('account-25');
});

test('a list that is replaced no longer counts', () => {
  const linxo = createQueueService({ now: () => 0 });
  const name = 'x'.repeat(900_000);
  const account = { id: 'account', name, type: 'SAVINGS', currency: 'EUR', balance: 1 } as const;
  const [kept, changing] = [linxo.addConnection(), linxo.addConnection()];
  linxo.publish(kept.id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });
  for (let count = 1; count <= 50; count += 1) {
    linxo.publish(changing.id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED', accounts: [account] });
  }

  expect(linxo.accounts(kept.user_id).map(({ connection_id }) => connection_id)).toContain(kept.id);
});

test('the number of lists is limited', () => {
  const linxo = createQueueService({ now: () => 0 });
  const { id } = linxo.addConnection();
  for (let count = 1; count <= 20_002; count += 1) {
    linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: `channel-${count}`, accounts: 1 });
  }

  expect(linxo.accounts()).toHaveLength(20_000);
  expect(linxo.userOfAccount('connection-1-channel-2-1')).toBeUndefined();
  expect(linxo.userOfAccount('connection-1-channel-20002-1')).toBe('user-1');
});

describe('an account that several lists of a connection have', () => {
  const seconds = START / 1_000;
  const named = (name: string) =>
    ({ id: 'shared', name, type: 'SAVINGS', currency: 'EUR', balance: 1 }) as const;

  /** Its channel `REDIRECT` lists the account after one second, and `EMBEDDED` after two. */
  function shared() {
    const { now, pass } = ticking();
    const linxo = createQueueService({ now });
    const { id } = linxo.addConnection();
    const lists = (channel: string, ...accounts: readonly ReturnType<typeof named>[]) => {
      pass(1_000);
      linxo.publish(id, { event: 'LIST_ACCOUNTS', channel, accounts });
    };
    lists('REDIRECT', named('older'));
    lists('EMBEDDED', named('newer'));
    return { linxo, id, lists };
  }

  test('comes once: as in the newest list, with the date of the first', () => {
    const { linxo, lists } = shared();

    expect(linxo.accounts()).toMatchObject([
      {
        name: 'newer',
        creation_date: seconds + 1,
        balance_date: seconds + 2,
        last_channel_definition_id: '8700',
      },
    ]);
    lists('REDIRECT', named('newest'));

    expect(linxo.accounts()).toMatchObject([
      {
        name: 'newest',
        creation_date: seconds + 1,
        balance_date: seconds + 3,
        last_channel_definition_id: '8701',
      },
    ]);
    expect(linxo.accounts()).toHaveLength(1);
  });

  test('keeps its date while one of them has it', () => {
    const { linxo, id, lists } = shared();
    lists('REDIRECT');
    expect(linxo.accounts()).toMatchObject([{ name: 'newer', creation_date: seconds + 1 }]);
    lists('REDIRECT', named('newest'));
    linxo.publish(id, { channel: 'REDIRECT', status: 'SUCCESS' });
    linxo.publish(id, { channel: 'EMBEDDED', status: 'EMPTY' });

    expect(linxo.accounts()).toMatchObject([{ name: 'newest', creation_date: seconds + 1 }]);
  });

  test('has a new date after none of them had it', () => {
    const { linxo, lists } = shared();
    lists('REDIRECT');
    lists('EMBEDDED');
    expect(linxo.accounts()).toEqual([]);
    lists('EMBEDDED', named('again'));

    expect(linxo.accounts()).toMatchObject([{ name: 'again', creation_date: seconds + 5 }]);
  });

  test('comes once if one list has it twice, as it is there last', () => {
    const { linxo, lists } = shared();
    lists('EMBEDDED', named('first'), named('second'));
    expect(linxo.accounts().map(({ name }) => name)).toEqual(['second']);
    lists('EMBEDDED');
    lists('REDIRECT');
    lists('REDIRECT', named('again'));

    expect(linxo.accounts()).toMatchObject([{ name: 'again', creation_date: seconds + 6 }]);
  });

  test('comes for each connection, each with its own date', () => {
    const { linxo, lists } = shared();
    const { id } = linxo.addConnection();
    lists('EMBEDDED', named('newer'));
    linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED', accounts: [named('other')] });

    expect(linxo.accounts().map(({ name, creation_date }) => [name, creation_date])).toEqual([
      ['newer', seconds + 1],
      ['other', seconds + 3],
    ]);
  });

  test('has its transactions once', () => {
    const { linxo } = shared();
    const ids = linxo.accounts().flatMap((account) => linxo.transactions(account).map((one) => one.id));

    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });
});
