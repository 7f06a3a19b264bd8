import { describe, expect, test } from 'vitest';
import { model } from './fixtures/ticking.ts';

const ACTIONS = [
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
];
const STATUSES = ['RUNNING', 'SUCCESS', 'PARTIAL_SUCCESS', 'CLOSED', 'EMPTY', ...ACTIONS];

/** The status of a connection whose channels have been given these statuses, in this order. */
function statusWith(...statuses: readonly string[]): string | undefined {
  const { linxo } = model();
  const ids = statuses.map((_, index) => `channel-${index}`);
  const channels = ids.map((id) => ({ kind: 'EMBEDDED' as const, id }));
  const { id } = linxo.addConnection({ channels });
  for (const [index, status] of statuses.entries()) linxo.publish(id, { channel: ids[index] ?? '', status });
  return linxo.connection(id)?.status;
}

/** The vendor's table, row by row; `EMPTY` channels take no part. */
function expectedStatus(all: readonly string[]): string {
  const channels = all.filter((status) => status !== 'EMPTY');
  const open = channels.filter((status) => status !== 'CLOSED');
  if (channels.length === 0) return 'NONE';
  if (channels.includes('RUNNING')) return 'RUNNING';
  if (channels.some((status) => ACTIONS.includes(status))) return 'FAILED';
  if (open.length === 0) return 'CLOSED';
  return open.every((status) => status === 'SUCCESS') ? 'SUCCESS' : 'PARTIAL_SUCCESS';
}

describe('the status of a connection', () => {
  test.each([
    [[], 'NONE'],
    [['EMPTY'], 'NONE'],
    [['EMPTY', 'EMPTY'], 'NONE'],
    [['SUCCESS', 'EMPTY'], 'SUCCESS'],
    [['PARTIAL_SUCCESS', 'EMPTY'], 'PARTIAL_SUCCESS'],
    [['CLOSED', 'EMPTY'], 'CLOSED'],
    [['RUNNING', 'EMPTY'], 'RUNNING'],
    [['AUTH_FAILED', 'EMPTY'], 'FAILED'],
    [['SUCCESS', 'SUCCESS'], 'SUCCESS'],
    [['SUCCESS', 'PARTIAL_SUCCESS'], 'PARTIAL_SUCCESS'],
    [['PARTIAL_SUCCESS', 'PARTIAL_SUCCESS'], 'PARTIAL_SUCCESS'],
    [['SUCCESS', 'CLOSED'], 'SUCCESS'],
    [['PARTIAL_SUCCESS', 'CLOSED'], 'PARTIAL_SUCCESS'],
    [['AUTH_FAILED', 'CLOSED'], 'FAILED'],
    [['RUNNING', 'CLOSED'], 'RUNNING'],
    [['CLOSED', 'CLOSED'], 'CLOSED'],
    [['RUNNING', 'TOKEN_EXPIRED'], 'RUNNING'],
    [['SUCCESS', 'CHALLENGE_REQUIRED'], 'FAILED'],
    [['PARTIAL_SUCCESS', 'USER_ACTION_REQUIRED'], 'FAILED'],
  ])('with channels %j is %s', (channels, status) => {
    expect(statusWith(...channels)).toBe(status);
    expect(statusWith(...[...channels].reverse())).toBe(status);
  });

  test('follows the table for every combination of two channels and of three', () => {
    const pairs = STATUSES.flatMap((one) => STATUSES.map((other) => [one, other]));
    const triples = pairs.flatMap((pair) => STATUSES.map((third) => [...pair, third]));
    const found = [...pairs, ...triples].map((channels) => [channels, statusWith(...channels)]);

    expect(found).toEqual([...pairs, ...triples].map((channels) => [channels, expectedStatus(channels)]));
  });

  test('is FAILED with a status that no document names, unless a channel runs', () => {
    expect(statusWith('SUCCESS', 'SERVER_ERROR')).toBe('FAILED');
    expect(statusWith('RUNNING', 'SERVER_ERROR')).toBe('RUNNING');
  });
});
