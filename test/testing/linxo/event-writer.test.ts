import { expect, test } from 'vitest';
import type { LinxoEvent } from '../../../src/testing/index.ts';
import { eventsOf, model, START } from './fixtures/ticking.ts';

const SECONDS = START / 1_000;
const CONSENT = 180 * 86_400;

function success(): readonly LinxoEvent[] {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ providerId: 'fr-1', name: 'Banque du Héron Bleu' });
  const queue = linxo.subscribe();
  linxo.synchronise(id);
  pass(60_000);
  return eventsOf(linxo, queue);
}

test('an event has the fields of the documents', () => {
  const [started] = success();

  expect(started).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{19}$/),
    event_type: 'SYNC_ALL_STARTED',
    resource_type: 'CONNECTION',
    creation_date: SECONDS,
    channel_definition_id: '8701',
    resource: {
      id: 'connection-1',
      user_id: 'user-1',
      provider_id: 'fr-1',
      name: 'Banque du Héron Bleu',
      status: 'RUNNING',
      creation_date: SECONDS,
      auto_sync: true,
      consent_per_account: false,
      constraints: {},
      logo_url: 'https://logos.bankside.example/fr-1.svg',
      owner: {},
      channels: [
        { channel_definition_id: '8701', status: 'RUNNING', expires: SECONDS + CONSENT },
        { channel_definition_id: '8700', status: 'RUNNING' },
      ],
    },
  });
});

test('the resource is the connection at the time of the event, not the current one', () => {
  const events = success();

  expect(events.map(({ resource }) => resource.status)).toEqual([...Array(8).fill('RUNNING'), 'SUCCESS']);
  expect(events[0]?.resource.channels[1]).toEqual({ channel_definition_id: '8700', status: 'RUNNING' });
});

test('dates are in unix seconds, and those of a channel are about its last end', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id, 'credentials-refused');
  pass(60_000);

  expect(linxo.published.at(-1)?.event.resource.channels).toEqual([
    {
      channel_definition_id: '8701',
      status: 'SUCCESS',
      expires: SECONDS + CONSENT,
      last_success_date: SECONDS + 18,
      last_end_date: SECONDS + 18,
    },
    { channel_definition_id: '8700', status: 'AUTH_FAILED', last_end_date: SECONDS + 7 },
  ]);
});

test('a challenge is not an end', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ channels: [{ kind: 'EMBEDDED' }] });
  linxo.synchronise(id, 'sms-challenge');
  pass(6_000);

  expect(linxo.published.at(-1)?.event.resource.channels).toEqual([
    { channel_definition_id: '8700', status: 'CHALLENGE_REQUIRED' },
  ]);
});

test('an expired consent ends at that time, and a success renews it', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ channels: [{ kind: 'REDIRECT' }] });
  linxo.synchronise(id, 'consent-expired');
  pass(60_000);
  expect(linxo.connection(id)?.channels[0]?.expires).toBe(SECONDS + 7);

  linxo.synchronise(id);
  pass(60_000);
  expect(linxo.connection(id)?.channels[0]?.expires).toBe(SECONDS + 60 + 18 + CONSENT);
});

test('only LIST_ACCOUNTS has accounts, one list for each channel', () => {
  const lists = success().flatMap(({ event_type, accounts }) => (accounts ? [{ event_type, accounts }] : []));

  expect(lists.map(({ event_type }) => event_type)).toEqual(['LIST_ACCOUNTS', 'LIST_ACCOUNTS']);
  const ids = lists.flatMap(({ accounts }) => accounts.map(({ id }) => id));
  expect(new Set(ids).size).toBe(4);
  const [first, second] = lists.map(({ accounts }) => accounts.map(({ balance }) => balance));
  expect(first).not.toEqual(second);
  expect(lists[0]?.accounts[0]).toEqual({
    id: 'connection-1-REDIRECT-1',
    name: 'Current account',
    type: 'CHECKINGS',
    currency: 'EUR',
    balance: expect.any(Number),
  });
});

test('a later read of the connection does not return the accounts', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id);
  pass(60_000);

  expect(JSON.stringify(linxo.connection(id))).not.toContain('account-');
  expect(JSON.stringify(linxo.connection(id))).not.toContain('balance');
});

test('the accounts of a channel are the same at each synchronisation; a script can set their number', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  const own = { id: 'mine', name: 'Mine', type: 'SAVINGS', currency: 'EUR', balance: 1 } as const;
  for (const accounts of [1, 3, [own]]) {
    linxo.synchronise(id, [{ after: 0, event: 'LIST_ACCOUNTS', channel: 'EMBEDDED', accounts }]);
    pass(1);
  }

  const [one, three, given] = eventsOf(linxo, queue).map(({ accounts }) => accounts);
  expect(three?.slice(0, 1)).toEqual(one);
  expect(three).toHaveLength(3);
  expect(given).toEqual([own]);
});

test('ids of events are unique and in no order', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  for (let count = 0; count < 300; count += 1) {
    linxo.publish(id, { event: 'ANY' });
    pass(1_000);
  }

  const ids = eventsOf(linxo, queue).map((event) => event.id);
  expect(new Set(ids).size).toBe(300);
  const rises = ids.filter((one, index) => index > 0 && one > (ids[index - 1] ?? '')).length;
  expect(rises).toBeGreaterThan(60);
  expect(rises).toBeLessThan(240);
});

test('published events are kept up to a limit, the oldest first', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();
  for (let count = 0; count < 10_002; count += 1) linxo.publish(id, { event: `E${count}` });

  expect(linxo.published).toHaveLength(10_000);
  expect(linxo.published[0]?.event.event_type).toBe('E2');
});

test('a provider’s channels are the same for each of its connections', () => {
  const { linxo } = model();
  const channels = (providerId: string) =>
    linxo.addConnection({ providerId }).channels.map((channel) => channel.channel_definition_id);

  expect(channels('one')).toEqual(['8701', '8700']);
  expect(channels('other')).toEqual(['8703', '8702']);
  expect(channels('one')).toEqual(['8701', '8700']);
  expect(linxo.channelKind('8702')).toBe('EMBEDDED');
  expect(linxo.channelKind('8703')).toBe('REDIRECT');
  expect(linxo.channelKind('redirect1')).toBeUndefined();
});

test('a new connection has the given fields', () => {
  const { linxo } = model();
  const connection = linxo.addConnection({
    id: 'mine',
    user: 'ada',
    providerId: 'p',
    name: 'Kaasmolen Bank',
    channels: [{ kind: 'EMBEDDED', id: 'scraped' }],
  });

  expect(connection).toMatchObject({
    id: 'mine',
    user_id: 'ada',
    provider_id: 'p',
    name: 'Kaasmolen Bank',
    status: 'NONE',
    channels: [{ channel_definition_id: 'scraped' }],
  });
  expect(linxo.connection('mine')).toEqual(connection);
  expect(linxo.connection('other')).toBeUndefined();
});

test.each([
  [{ id: '' }, '"id" must be a string'],
  [{ name: 7 }, '"name" must be a string'],
  [
    { channels: [{ kind: 'SCRAPED' }] },
    '"channels.0.kind" must be one of REDIRECT, EMBEDDED, not "SCRAPED".',
  ],
])('the connection %j is rejected', (connection, why) => {
  expect(() => model().linxo.addConnection(connection as object)).toThrow(TypeError);
  expect(() => model().linxo.addConnection(connection as object)).toThrow(why);
});

test('no id is assigned twice', () => {
  const { linxo } = model();
  linxo.addConnection({ id: 'connection-2' });

  expect(() => linxo.addConnection({ id: 'connection-2' })).toThrow(
    'There is already a connection "connection-2".',
  );
  expect(linxo.addConnection().id).toBe('connection-3');
});
