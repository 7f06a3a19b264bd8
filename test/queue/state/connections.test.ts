import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../../src/queue/state/connection-state.ts';
import { applyEvent, applyReading, endOf } from '../../../src/queue/state/connections.ts';
import {
  both,
  channelEvent,
  eventOf,
  listed,
  read,
  stateAfter,
  statuses,
} from '../fixtures/connection-events.ts';

describe('the channels of a connection', () => {
  it('Q3 are those of the resource, in its order; another channel id in the event creates none', () => {
    const state = stateAfter(
      channelEvent('LIST_ACCOUNTS', 'redirect1', { status: 'SUCCESS', channels: both }),
    );
    expect([...state.channels.keys()]).toEqual(['8700', '8701']);
    expect(state).toMatchObject({ status: 'RUNNING', syncing: true });
  });

  it('Q3 are removed if they are no longer listed; a resource without a list keeps them', () => {
    const first = stateAfter(eventOf('LIST_ACCOUNTS', { channels: both }));
    const unlisted = applyEvent(first, eventOf('LIST_ACCOUNTS', {}), 102);
    expect(unlisted?.channels).toBe(first.channels);
    const fewer = applyEvent(first, eventOf('LIST_ACCOUNTS', { channels: both.slice(0, 1) }), 102);
    expect([...(fewer?.channels.keys() ?? [])]).toEqual(['8700']);
    const ended = read({ channels: listed({ 8700: 'SUCCESS', 8701: 'SUCCESS' }) });
    expect(read({ status: 'RUNNING' }, ended).channels).toBe(ended.channels);
  });

  it('have the kinds that the page returns, which are requested once, and never guessed', () => {
    const requested: string[] = [];
    const kindOf = (id: string): 'EMBEDDED' | undefined => {
      requested.push(id);
      return id === '8700' ? 'EMBEDDED' : undefined;
    };
    const state = applyReading(undefined, { id: 'c1', channels: both }, 1, kindOf);
    applyReading(state, { id: 'c1', channels: both }, 2, kindOf);
    expect(requested).toEqual(['8700', '8701']);
    expect([...state.channels.values()].map(({ kind }) => kind)).toEqual(['EMBEDDED', undefined]);
  });

  it('Q3 have the kinds that the server says, if it does, and keep them', () => {
    const channels = [
      { channel_definition_id: '8700', mode: 'REDIRECT' },
      { channel_definition_id: '8701', mode: 7 },
      { channel_definition_id: '8702', mode: 'EMBEDDED' },
    ];
    const kindOf = () => 'EMBEDDED' as const;
    const first = applyReading(undefined, { id: 'c1', channels: channels.slice(0, 2) }, 1, kindOf);
    const kinds = ({ channels: all }: ConnectionState) => [...all.values()].map(({ kind }) => kind);
    expect(kinds(first)).toEqual(['REDIRECT', 'EMBEDDED']);
    const fromEvent = listed({ 8700: 'RUNNING', 8701: 'RUNNING', 8702: 'RUNNING' });
    const then = applyEvent(first, eventOf('SYNC_ALL_STARTED', { channels: fromEvent }), 2);
    expect(then && kinds(then)).toEqual(['REDIRECT', 'EMBEDDED', undefined]);
    expect(kinds(applyReading(then, { id: 'c1', channels }, 3))).toEqual([
      'REDIRECT',
      'EMBEDDED',
      'EMBEDDED',
    ]);
  });

  it('S4 have a status of one line and at most 100 characters; the event is unchanged', () => {
    const hostile = 'SUCCESS\nERROR \u202eforged';
    const event = eventOf('LIST_ACCOUNTS', {
      status: 'x'.repeat(1_000),
      channels: listed({ 8700: hostile }),
    });
    const state = stateAfter(event);
    expect(statuses(state)).toEqual({ 8700: 'SUCCESS\ufffdERROR \ufffdforged' });
    expect(state.status).toBe('x'.repeat(100));
    expect(event.resource).toMatchObject({ channels: [{ status: hostile }] });
    expect(read({ channels: listed({ 8700: hostile }) }, state).channels).toBe(state.channels);
  });

  it('do not change with an event that has no connection', () => {
    expect(applyEvent(undefined, { id: 'e', event_type: 'BANK_ADDED' }, 1)).toBeUndefined();
    const other = { id: 'e', event_type: 'BANK_ADDED', resource_type: 'BANK', resource: { id: 'c1' } };
    expect(applyEvent(undefined, other, 1)).toBeUndefined();
  });
});

describe('the status of a connection', () => {
  it.each([
    [{ a: 'RUNNING', b: 'AUTH_FAILED' }, 'SUCCESS', 'RUNNING'],
    [{ a: 'SUCCESS', b: 'TOKEN_EXPIRED' }, 'SUCCESS', 'FAILED'],
    [{ a: 'SUCCESS', b: 'SUCCESS' }, 'RUNNING', 'SUCCESS'],
    [{ a: 'SUCCESS', b: 'SUCCESS' }, undefined, 'SUCCESS'],
    [{ a: 'EMPTY', b: 'EMPTY' }, 'RUNNING', 'RUNNING'],
    [{ a: 'SUCCESS', b: 'EMPTY' }, 'RUNNING', 'RUNNING'],
    [{ a: 'AUTH_FAILED', b: 'EMPTY' }, 'RUNNING', 'RUNNING'],
    [{ a: 'SUCCESS', b: 'BROKEN_SOMEHOW' }, 'RUNNING', 'RUNNING'],
    [{ a: 'SUCCESS', b: 'BROKEN_SOMEHOW' }, 'SUCCESS', 'SUCCESS'],
    [{ a: 'SUCCESS', b: 'BROKEN_SOMEHOW' }, undefined, 'NONE'],
    [{ a: 'BROKEN_SOMEHOW' }, undefined, 'NONE'],
    [{ a: 'SUCCESS', b: 'PARTIAL_SUCCESS' }, 'SUCCESS', 'PARTIAL_SUCCESS'],
    [{ a: undefined, b: undefined }, undefined, 'NONE'],
    [{ a: undefined, b: undefined }, 'SUCCESS', 'SUCCESS'],
    [{ a: undefined, b: 'SUCCESS' }, undefined, 'NONE'],
    [{ a: undefined }, 'RUNNING', 'RUNNING'],
    [{}, 'CLOSED', 'CLOSED'],
    [{}, undefined, 'NONE'],
  ])('Q3 channels %j of a connection with %s: %s', (channels, declared, status) => {
    const state = read({ status: declared ?? null, channels: listed(channels) });
    expect(state.status).toBe(status);
    expect(state.syncing).toBe(status === 'RUNNING');
  });

  it('Q3 stays what it was, if channels of an unknown status and the connection say nothing', () => {
    const before = read({ status: 'SUCCESS', channels: listed({ 8700: 'SUCCESS' }) });
    expect(read({ channels: listed({ 8700: 'BROKEN_SOMEHOW' }) }, before).status).toBe('SUCCESS');
  });
});

describe('the start of a synchronisation', () => {
  const mixed = listed({ 8700: 'AUTH_FAILED', 8701: 'SUCCESS' });
  const before = eventOf('X', { channels: mixed });

  it.each([
    ['with a channel: that one', channelEvent('SYNC_ALL_STARTED', '8700'), ['RUNNING', 'SUCCESS']],
    [
      'with a channel that the same event lists with its old status: that one',
      channelEvent('SYNC_ALL_STARTED', '8700', { channels: mixed }),
      ['RUNNING', 'SUCCESS'],
    ],
    ['without a channel and a list: all', eventOf('SYNC_ALL_STARTED'), ['RUNNING', 'RUNNING']],
    [
      'without a channel: those that are listed as running',
      eventOf('SYNC_ALL_STARTED', { channels: listed({ 8700: 'AUTH_FAILED', 8701: 'RUNNING' }) }),
      ['AUTH_FAILED', 'RUNNING'],
    ],
    [
      'without a channel, if none is listed as running: all',
      eventOf('SYNC_ALL_STARTED', { status: 'FAILED', channels: mixed }),
      ['RUNNING', 'RUNNING'],
    ],
    [
      'without a channel: none that is empty or closed',
      eventOf('SYNC_ALL_STARTED', { channels: listed({ 8700: 'EMPTY', 8701: 'CLOSED' }) }),
      ['EMPTY', 'CLOSED'],
    ],
    [
      'with a channel that is empty: that one',
      channelEvent('SYNC_ALL_STARTED', '8701', {
        channels: listed({ 8700: 'SUCCESS', 8701: 'EMPTY' }),
      }),
      ['SUCCESS', 'RUNNING'],
    ],
  ])('Q3 SYNC_ALL_STARTED: %s', (_which, event, [one, other]) => {
    expect(statuses(stateAfter(before, event))).toEqual({ 8700: one, 8701: other });
  });
});

describe('the end of a synchronisation', () => {
  const running = eventOf('SYNC_ALL_STARTED', { channels: both });

  it('Q3 SYNC_ALL_SUCCESS with a channel ends that one, whatever status the event lists', () => {
    const one = stateAfter(running, channelEvent('SYNC_ALL_SUCCESS', '8700', { channels: both }));
    expect(statuses(one)).toEqual({ 8701: 'RUNNING', 8700: 'SUCCESS' });
    expect(one.channels.get('8700')?.lastEndAt).toBe(102);
    const two = stateAfter(
      running,
      channelEvent('SYNC_ALL_SUCCESS', '8700'),
      channelEvent('SYNC_ALL_SUCCESS', '8701'),
    );
    expect(two).toMatchObject({ status: 'SUCCESS', syncing: false });
    expect(endOf(two)).toBe(103);
  });

  it.each([
    ['its own, if the server sends it', { status: 'SUCCESS', last_end_date: 90 }, 90],
    ['that of the event, if the server sends none', { status: 'SUCCESS' }, 102],
    [
      'that of the event, if the server sends that of an earlier end',
      { status: 'RUNNING', last_end_date: 90 },
      102,
    ],
  ])('Q3 the time of its end is %s', (_whose, is, lastEndAt) => {
    const channels = listed({ 8700: 'RUNNING', 8701: is });
    const first = eventOf('X', { channels: listed({ 8700: 'RUNNING', 8701: 'SUCCESS' }) });
    const state = stateAfter(first, channelEvent('SYNC_ALL_SUCCESS', '8701', { channels }));
    expect(state.channels.get('8701')).toMatchObject({ status: 'SUCCESS', lastEndAt });
    expect(state.channels.get('8700')).toMatchObject({ status: 'RUNNING', lastEndAt: undefined });
  });

  it('Q3 a running channel has no end', () => {
    expect(stateAfter(running, running).channels.get('8700')?.lastEndAt).toBeUndefined();
  });

  it('Q3 SYNC_ALL_SUCCESS without a channel ends all running ones, and none that waits for the user', () => {
    const state = stateAfter(running, channelEvent('AUTH_FAILED', '8700'), eventOf('SYNC_ALL_SUCCESS'));
    expect(statuses(state)).toEqual({ 8701: 'SUCCESS', 8700: 'AUTH_FAILED' });
    expect(state).toMatchObject({ status: 'FAILED', action: { type: 'AUTH_FAILED' } });
  });

  it('Q3 SYNC_ALL_SUCCESS with a channel that it lists as waiting for the user is no success', () => {
    const channels = listed({ 8700: 'TOKEN_EXPIRED' });
    expect(stateAfter(channelEvent('SYNC_ALL_SUCCESS', '8700', { channels })).status).toBe('FAILED');
  });

  it.each([
    ['RUNNING', undefined],
    ['RUNNING', listed({ 8700: 'RUNNING', 8701: 'EMPTY' })],
    ['RUNNING', listed({ 8700: 'SUCCESS', 8701: 'EMPTY' })],
    [undefined, listed({ 8700: 'RUNNING', 8701: 'EMPTY' })],
    [undefined, undefined],
    ['SUCCESS', listed({ 8700: 'SUCCESS', 8701: 'EMPTY' })],
  ])(
    'Q3 SYNC_ALL_SUCCESS of the only channel that takes part is the end, while the connection says %s and %j',
    (status, channels) => {
      const before = eventOf('X', {
        status: 'RUNNING',
        channels: listed({ 8700: 'RUNNING', 8701: 'EMPTY' }),
      });
      for (const named of [{ channel_definition_id: '8700' }, {}]) {
        const resource = { ...(status && { status }), ...(channels && { channels }) };
        const state = stateAfter(before, eventOf('SYNC_ALL_SUCCESS', resource, named));
        expect(state).toMatchObject({ status: 'SUCCESS', syncing: false });
        expect(statuses(state)).toEqual({ 8700: 'SUCCESS', 8701: 'EMPTY' });
      }
    },
  );

  it('Q3 SYNC_ALL_SUCCESS of one channel is not the end while the connection runs, and another is of an unknown status', () => {
    const channels = listed({ 8700: 'RUNNING', 8701: 'BROKEN_SOMEHOW' });
    const end = channelEvent('SYNC_ALL_SUCCESS', '8700', { status: 'RUNNING', channels });
    expect(stateAfter(end).status).toBe('RUNNING');
    expect(stateAfter(eventOf('SYNC_ALL_SUCCESS', { status: 'RUNNING', channels })).status).toBe('SUCCESS');
  });

  it('Q3 SYNC_ALL_SUCCESS without a channel is the end, although a channel is of an unknown status and the connection says nothing', () => {
    const channels = listed({ 8700: 'REFRESHING' });
    const started = eventOf('SYNC_ALL_STARTED', { channels: listed({ 8700: 'RUNNING' }) });
    const state = stateAfter(started, eventOf('LIST_ACCOUNTS', { channels }), eventOf('SYNC_ALL_SUCCESS'));
    expect(state).toMatchObject({ status: 'SUCCESS', syncing: false });
  });

  it('Q3 SYNC_ALL_SUCCESS of one channel proves nothing of the others, while none is known and the connection runs', () => {
    const end = channelEvent('SYNC_ALL_SUCCESS', '8700', { status: 'RUNNING' });
    expect(stateAfter(end).status).toBe('RUNNING');
    expect(stateAfter(channelEvent('AUTH_FAILED', '8700', { status: 'RUNNING' }))).toMatchObject({
      status: 'RUNNING',
      action: { type: 'AUTH_FAILED' },
    });
  });

  it.each([
    { 8700: 'WEIRD', 8701: 'SUCCESS' },
    { 8700: 'EMPTY', 8701: 'EMPTY' },
  ])('Q4 in a reading that shows nothing that runs, nothing runs: %j', (channels) => {
    const before = stateAfter(eventOf('SYNC_ALL_STARTED', { channels: both }));
    expect(read({ channels: listed(channels) }, before)).toMatchObject({ status: 'NONE', syncing: false });
    const event = eventOf('LIST_ACCOUNTS', { channels: listed(channels) });
    expect(applyEvent(before, event, 110)?.syncing).toBe(true); // its end follows
  });

  it('Q3 of all channels empty: SYNC_ALL_STARTED and SYNC_ALL_SUCCESS count for the connection', () => {
    const channels = listed({ 8700: 'EMPTY', 8701: 'EMPTY' });
    const started = eventOf('SYNC_ALL_STARTED', { channels });
    expect(stateAfter(started)).toMatchObject({ status: 'RUNNING', syncing: true });
    const end = eventOf('SYNC_ALL_SUCCESS', { status: 'RUNNING', channels });
    expect(stateAfter(started, end)).toMatchObject({ status: 'SUCCESS', syncing: false });
  });

  it.each(['PARTIAL_SUCCESS', 'EMPTY', 'CLOSED'])(
    'Q3 SYNC_ALL_SUCCESS with a channel that it lists as %s leaves it so',
    (status) => {
      const channels = listed({ 8700: status, 8701: 'SUCCESS' });
      expect(statuses(stateAfter(running, channelEvent('SYNC_ALL_SUCCESS', '8700', { channels })))).toEqual({
        8700: status,
        8701: 'SUCCESS',
      });
    },
  );

  it('Q3 a channel that fails ends the synchronisation, if no other takes part, while the connection still says RUNNING', () => {
    const channels = listed({ 8700: 'RUNNING', 8701: 'EMPTY' });
    const state = stateAfter(channelEvent('AUTH_FAILED', '8700', { status: 'RUNNING', channels }));
    expect(state).toMatchObject({ status: 'FAILED', action: { type: 'AUTH_FAILED' } });
  });

  it('Q3 SYNC_ALL_SUCCESS with an unknown channel ends nothing', () => {
    expect(stateAfter(running, channelEvent('SYNC_ALL_SUCCESS', 'redirect1')).status).toBe('RUNNING');
  });

  it('Q3 without known channels, the type counts for the connection', () => {
    expect(stateAfter(eventOf('SYNC_ALL_STARTED'))).toMatchObject({ status: 'RUNNING', syncing: true });
    expect(stateAfter(eventOf('SYNC_ALL_STARTED'), eventOf('SYNC_ALL_SUCCESS')).status).toBe('SUCCESS');
    expect(stateAfter(eventOf('LIST_ACCOUNTS')).status).toBe('NONE');
    const failed = stateAfter(eventOf('AUTH_FAILED'));
    expect(failed).toMatchObject({
      status: 'FAILED',
      action: { type: 'AUTH_FAILED', channelDefinitionId: '', since: 101 },
    });
  });

  it('Q4 a reading of an ended connection ends the channels without a status', () => {
    const started = stateAfter(
      eventOf('LIST_ACCOUNTS', { status: 'RUNNING', channels: listed({ 8700: 'RUNNING', 8701: undefined }) }),
    );
    expect(statuses(started)).toEqual({ 8700: 'RUNNING', 8701: 'RUNNING' });
    const ended = read(
      { status: 'SUCCESS', channels: listed({ 8700: 'SUCCESS', 8701: undefined }) },
      started,
    );
    expect(ended).toMatchObject({ status: 'SUCCESS', syncing: false });
    const unlisted = read({ status: 'SUCCESS' }, started);
    expect(unlisted).toMatchObject({ status: 'SUCCESS', syncing: false });
    expect(statuses(unlisted)).toEqual({ 8700: 'UNKNOWN', 8701: 'UNKNOWN' });
    // An event with the same statuses does not end them: an event for each channel follows.
    const event = eventOf('LIST_ACCOUNTS', {
      status: 'SUCCESS',
      channels: listed({ 8700: undefined, 8701: undefined }),
    });
    expect(applyEvent(started, event, 110)?.syncing).toBe(true);
  });

  it('Q4 a reading without statuses keeps actions, and the statuses of channels that are not running', () => {
    const failed = stateAfter(eventOf('X', { channels: listed({ 8700: 'AUTH_FAILED', 8701: 'SUCCESS' }) }));
    expect(
      statuses(read({ status: 'FAILED', channels: listed({ 8700: undefined, 8701: undefined }) }, failed)),
    ).toEqual({
      8700: 'AUTH_FAILED',
      8701: 'SUCCESS',
    });
  });
});
