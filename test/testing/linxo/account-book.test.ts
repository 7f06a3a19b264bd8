import { expect, test } from 'vitest';
import { createQueueService } from '../../../src/testing/linxo/create-queue-service.ts';

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
