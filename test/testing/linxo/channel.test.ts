import { describe, expect, test } from 'vitest';
import type { LinxoChannel, LinxoConnection } from '../../../src/testing/index.ts';
import { eventsOf, model, START } from './fixtures/ticking.ts';

const SECONDS = START / 1_000;
const CONSENT = 180 * 86_400;

function dates({ expires, last_end_date, last_success_date }: LinxoChannel): object {
  return { expires, last_end_date, last_success_date };
}

/** A synchronised connection, 60 seconds after the start, and a function that changes both channels. */
function synchronised() {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id);
  pass(60_000);
  const queue = linxo.subscribe();
  return {
    linxo,
    pass,
    id,
    queue,
    channels: () => linxo.connection(id)?.channels ?? [],
    become: (status: string) => linxo.publish(id, { event: 'ANY', status }),
  };
}

describe('a new channel', () => {
  test('is EMPTY, because it has no accounts, and has no dates', () => {
    const { linxo } = model();
    const { status, channels } = linxo.addConnection();

    expect(status).toBe('NONE');
    expect(channels.map((channel) => channel.status)).toEqual(['EMPTY', 'EMPTY']);
    for (const channel of channels) expect(Object.keys(channel).join()).not.toMatch(/expires|date/);
  });

  test('shows the end of its consent once it is no longer EMPTY', () => {
    const { linxo } = model();
    const { id } = linxo.addConnection();
    linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });

    expect(linxo.connection(id)?.channels.map(({ expires }) => expires)).toEqual([
      SECONDS + CONSENT,
      undefined,
    ]);
  });
});

describe('a channel that becomes', () => {
  test('PARTIAL_SUCCESS has ended, with a success', () => {
    const { channels, become } = synchronised();
    become('PARTIAL_SUCCESS');

    expect(channels().map(dates)).toEqual([
      { expires: SECONDS + CONSENT, last_end_date: SECONDS + 60, last_success_date: SECONDS + 60 },
      { last_end_date: SECONDS + 60, last_success_date: SECONDS + 60 },
    ]);
  });

  test('CLOSED has ended, without a success', () => {
    const { channels, become } = synchronised();
    become('CLOSED');

    expect(channels().map(dates)).toEqual([
      { expires: SECONDS + CONSENT, last_end_date: SECONDS + 60, last_success_date: SECONDS + 18 },
      { last_end_date: SECONDS + 60, last_success_date: SECONDS + 30 },
    ]);
  });

  test('EMPTY has no dates, in events neither', () => {
    const { linxo, queue, channels, become } = synchronised();
    become('EMPTY');

    expect(channels().map(dates)).toEqual([{}, {}]);
    const [event] = eventsOf(linxo, queue);
    expect(event?.resource.channels).toEqual([
      { channel_definition_id: '8701', status: 'EMPTY' },
      { channel_definition_id: '8700', status: 'EMPTY' },
    ]);
  });

  test('EMPTY forgets when it ended last', () => {
    const { channels, become } = synchronised();
    become('EMPTY');
    become('RUNNING');

    expect(channels().map(dates)).toEqual([{ expires: SECONDS + CONSENT }, {}]);
  });

  test('PARTIAL_SUCCESS after the end of a consent has a renewed one', () => {
    const { linxo, pass, id, become } = synchronised();
    linxo.publish(id, { event: 'TOKEN_EXPIRED', channel: 'REDIRECT' });
    pass(1_000);
    become('PARTIAL_SUCCESS');

    expect(linxo.connection(id)?.channels[0]?.expires).toBe(SECONDS + 61 + CONSENT);
  });
});

describe('the fields of channels', () => {
  const details = (mode: string, types: readonly string[], hasAccounts: boolean) => ({
    mode,
    credentials: [],
    account_types: types,
    eligible_accounts: hasAccounts,
    channel_definition_unavailable: false,
  });
  const redirect = ['CHECKINGS', 'SAVINGS'];
  const embedded = ['CHECKINGS', 'SAVINGS', 'LOAN', 'CREDIT_CARD'];

  test.each<[string, (linxo: ReturnType<typeof model>['linxo'], id: string) => LinxoConnection | undefined]>([
    ['one connection', (linxo, id) => linxo.connection(id)],
    ['all connections', (linxo) => linxo.connections()[0]],
  ])('in a read of %s say the kind and what the channel can read', (_name, read) => {
    const { linxo } = model();
    const { id } = linxo.addConnection();
    linxo.publish(id, { event: 'SYNC_ALL_SUCCESS', channel: 'REDIRECT', status: 'SUCCESS' });

    expect(read(linxo, id)?.channels).toMatchObject([
      { channel_definition_id: '8701', status: 'SUCCESS', ...details('REDIRECT', redirect, true) },
      { channel_definition_id: '8700', status: 'EMPTY', ...details('EMBEDDED', embedded, false) },
    ]);
  });

  test('in an event are those of the documents', () => {
    const { linxo, queue, become } = synchronised();
    become('SUCCESS');

    const [event] = eventsOf(linxo, queue);
    expect(event?.resource.channels.map((channel) => Object.keys(channel))).toEqual([
      ['channel_definition_id', 'status', 'expires', 'last_success_date', 'last_end_date'],
      ['channel_definition_id', 'status', 'last_success_date', 'last_end_date'],
    ]);
  });
});
