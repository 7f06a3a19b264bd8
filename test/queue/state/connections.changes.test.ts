import { describe, expect, it } from 'vitest';
import { changedChannels, differ } from '../../../src/queue/state/connection-changes.ts';
import { applyEvent, applyRemoval, endOf } from '../../../src/queue/state/connections.ts';
import { both, channelEvent, eventOf, listed, read, stateAfter } from '../fixtures/connection-events.ts';

describe('actions', () => {
  it.each([
    'AUTH_FAILED',
    'TOKEN_EXPIRED',
    'PASSWORD_CHANGE_REQUIRED',
    'USER_ACTION_REQUIRED',
    'CHALLENGE_REQUIRED',
  ])('Q3 %s is the action of channel and connection until something resolves it', (type) => {
    const running = eventOf('SYNC_ALL_STARTED', { channels: both });
    const withAction = channelEvent(type, '8700', { channels: both });
    const action = { type, channelDefinitionId: '8700', since: 102 };
    const state = stateAfter(running, withAction);
    expect(state.action).toEqual(action);
    expect(state.channels.get('8700')).toMatchObject({ status: type, action });
    expect(state.channels.get('8701')?.action).toBeUndefined();
    const later = eventOf('LIST_ACCOUNTS', { channels: listed({ 8701: 'RUNNING', 8700: type }) });
    // The same object, with its old time.
    expect(applyEvent(state, later, 110)?.action).toBe(state.action);
    for (const resolving of [
      channelEvent('SYNC_ALL_STARTED', '8700'),
      channelEvent('SYNC_ALL_SUCCESS', '8700'),
      eventOf('ANYTHING', { channels: both }),
    ])
      expect(stateAfter(running, withAction, resolving).action).toBeUndefined();
    expect(read({ channels: listed({ 8700: 'SUCCESS', 8701: 'SUCCESS' }) }, state).action).toBeUndefined();
  });

  it('Q3 the older of two is the connection’s, or the first of equals; another type on the same channel is another action', () => {
    const two = stateAfter(
      eventOf('SYNC_ALL_STARTED', { channels: both }),
      channelEvent('TOKEN_EXPIRED', '8701'),
      channelEvent('AUTH_FAILED', '8700'),
    );
    expect(two.action).toEqual({ type: 'TOKEN_EXPIRED', channelDefinitionId: '8701', since: 102 });
    const together = eventOf('X', { channels: listed({ 8700: 'AUTH_FAILED', 8701: 'TOKEN_EXPIRED' }) });
    expect(stateAfter(together).action?.channelDefinitionId).toBe('8700');
    const changed = applyEvent(two, channelEvent('CHALLENGE_REQUIRED', '8701'), 110);
    expect(changed?.action).toEqual({ type: 'AUTH_FAILED', channelDefinitionId: '8700', since: 103 });
  });
});

describe('the time of an action that a reading found', () => {
  const since = (is: string, last_end_date: number | undefined, ended?: number): number | undefined => {
    const before =
      ended &&
      read({ channels: listed({ 8700: { status: 'SUCCESS', last_end_date: ended } }) }, undefined, 100);
    const channels = listed({ 8700: { status: is, last_end_date } });
    return read({ channels }, before || undefined, 200).action?.since;
  };

  it.each(['AUTH_FAILED', 'TOKEN_EXPIRED', 'PASSWORD_CHANGE_REQUIRED'])(
    'Q3 %s: that of the end, if this is new',
    (type) => {
      expect(since(type, 150)).toBe(150);
      expect(since(type, 150, 90)).toBe(150);
      expect(since(type, 90, 90)).toBe(200);
      expect(since(type, 80, 90)).toBe(200);
      expect(since(type, undefined)).toBe(200);
    },
  );

  it.each(['CHALLENGE_REQUIRED', 'USER_ACTION_REQUIRED'])(
    'Q3 %s: that of the reading, since it comes during a synchronisation, after an earlier end',
    (type) => {
      expect(since(type, 150)).toBe(200);
      expect(since(type, 150, 90)).toBe(200);
    },
  );
});

describe('times and other fields', () => {
  it('Q3 a channel that becomes EMPTY loses its dates, as it has on the server', () => {
    const dates = { expires: 300, last_success_date: 50, last_end_date: 60 };
    const before = read({ channels: listed({ 8700: { status: 'RUNNING', ...dates } }) });
    const after = read({ channels: listed({ 8700: 'EMPTY' }) }, before);
    const { expiresAt, lastSuccessAt, lastEndAt } = after.channels.get('8700') ?? {};
    expect([expiresAt, lastSuccessAt, lastEndAt]).toEqual([undefined, undefined, undefined]);
  });

  it('missing fields keep their values; null counts as missing', () => {
    const channels = listed({
      8700: { status: 'SUCCESS', expires: 9, last_success_date: 8, last_end_date: 7 },
    });
    const state = read({ provider_id: 'p', name: 'Bank', channels });
    const sparse = listed({ 8700: { expires: null, last_success_date: null, last_end_date: null } });
    const later = read({ provider_id: null, name: null, channels: sparse }, state, 300);
    expect(later).toEqual({ ...state, updatedAt: 300 });
    expect(later.channels).toBe(state.channels);
    expect([...later.channels.values()]).toEqual([
      {
        id: '8700',
        kind: undefined,
        status: 'SUCCESS',
        action: undefined,
        expiresAt: 9,
        lastSuccessAt: 8,
        lastEndAt: 7,
      },
    ]);
  });

  it('an end without a time has that of its event or reading; one with a time keeps it', () => {
    const running = read({ channels: listed({ 8700: { status: 'RUNNING', last_end_date: 50 } }) });
    const untimed = read(
      { channels: listed({ 8700: { status: 'SUCCESS', last_end_date: 50 } }) },
      running,
      210,
    );
    expect(endOf(untimed)).toBe(210);
    const timed = read(
      { channels: listed({ 8700: { status: 'SUCCESS', last_end_date: 205 } }) },
      running,
      210,
    );
    expect(endOf(timed)).toBe(205);
    expect(endOf(read({ status: 'SUCCESS' }))).toBe(200);
  });

  it('a connection that the server does not know any more is closed, and has no action', () => {
    const state = stateAfter(channelEvent('AUTH_FAILED', '8700', { name: 'Bank', channels: both }));
    expect(applyRemoval(state, 300)).toEqual({
      ...state,
      channels: new Map(),
      action: undefined,
      status: 'CLOSED',
      syncing: false,
      updatedAt: 300,
    });
  });

  it('changedChannels compares status and action; differ compares all but the time', () => {
    const before = read({ channels: listed({ 8700: 'RUNNING', 8701: 'RUNNING' }) });
    expect(changedChannels(undefined, before).map(({ channel }) => channel.id)).toEqual(['8700', '8701']);
    const later = read(
      { channels: listed({ 8700: { status: 'RUNNING', expires: 5 }, 8701: 'SUCCESS' }) },
      before,
    );
    expect(changedChannels(before, later)).toEqual([
      { previous: before.channels.get('8701'), channel: later.channels.get('8701') },
    ]);
    expect(differ(undefined, before)).toBe(true);
    expect(differ(before, { ...before, updatedAt: 999 })).toBe(false);
    expect(differ(before, later)).toBe(true);
  });

  it('states are compared by value, so that a copy from another tab is equal', () => {
    const state = stateAfter(channelEvent('AUTH_FAILED', '8700', { channels: both }));
    expect(differ(state, structuredClone(state))).toBe(false);
    const [first] = state.channels;
    if (!first) throw new Error('There is no channel');
    for (const [before, after] of [
      [state, { ...state, action: undefined }],
      [state, { ...state, channels: new Map([first]) }],
    ] as const) {
      expect(differ(before, after)).toBe(true);
      expect(differ(after, before)).toBe(true);
    }
  });

  it('S4 keys that pollute prototypes are normal ids', () => {
    const state = read({ channels: listed({ constructor: 'RUNNING' }) });
    const polluted = read({ channels: [{ channel_definition_id: '__proto__', status: 'SUCCESS' }] }, state);
    expect([...polluted.channels.keys()]).toEqual(['__proto__']);
    expect(({} as { status?: string }).status).toBeUndefined();
  });
});
