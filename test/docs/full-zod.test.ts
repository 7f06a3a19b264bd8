import { expect, it } from 'vitest';
import * as z from 'zod';
import { queueEventSchema } from '../../src/index.ts';

// What docs/poller.md says of projects that have the full zod, under “Fields of your own”.

it('S4 an object of the full zod and a schema of the queue are read as one', () => {
  const accounts = z.array(z.object({ name: z.string() }));
  const schema = z.object({ accounts }).and(queueEventSchema);
  const event = { id: 1, event_status: 'SYNC_ALL_SUCCESS', accounts: [{ name: 'Savings' }] };

  const {
    event_type,
    accounts: [account],
  } = schema.parse(event);

  expect([event_type, account?.name]).toEqual(['SYNC_ALL_SUCCESS', 'Savings']);
  expect(schema.safeParse({ ...event, accounts: [{}] }).error?.issues).toMatchObject([
    { path: ['accounts', 0, 'name'] },
  ]);
  const unfit = { ...event, event_type: 'LIST_ACCOUNTS', event_status: null, resource: { id: '..' } };
  expect(schema.safeParse(unfit).error?.issues).toMatchObject([{ path: ['resource', 'id'] }]);
});

it('S4 the fields alone lose the checks of the whole event', () => {
  const schema = z.object({ ...queueEventSchema.shape });
  expect(schema.safeParse({ id: 1, event_type: 'LIST_ACCOUNTS', resource: { id: '..' } }).success).toBe(true);
  expect(z).not.toHaveProperty('extend');
  expect(z).not.toHaveProperty('safeExtend');
});
