import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { isAction } from '../../../src/queue/server/event-types.ts';
import {
  type Connection,
  channelSchema,
  connectionOf,
  connectionSchema,
  type QueueEvent,
  queueEventSchema,
} from '../../../src/queue/server/events.ts';
import { readBy } from '../../../src/queue/server/read-by.ts';

const readEvent = (value: unknown): QueueEvent | undefined => readBy(queueEventSchema, value).data;
const readConnection = (value: unknown): Connection | undefined => readBy(connectionSchema, value).data;
const problemOf = (value: unknown): string | undefined => readBy(queueEventSchema, value).problem;

/** A write to it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

describe('an event', () => {
  it('Q2 of an unknown type, with unknown fields, is returned unchanged', () => {
    const value = { id: '1', event_type: 'NOBODY_KNOWS', a: { b: [1, null] }, resource: [1, 2] };
    expect(readEvent(structuredClone(value))).toEqual(value);
  });

  it.each([
    null,
    undefined,
    'event',
    7,
    [],
    {},
    { id: '', event_type: 'X' },
    { id: null, event_type: 'X' },
    { id: {}, event_type: 'X' },
    { id: '1' },
    { id: '1', event_type: '' },
    { id: '1', event_type: 7 },
    { id: '1', event_type: 'X', creation_date: 'yesterday' },
    { id: '1', event_type: 'X', channel_definition_id: '' },
    { id: '1', event_type: 'X', channel_definition_id: {} },
    { id: '1', event_type: 'LIST_ACCOUNTS', resource: 'connection' },
    { id: '1', event_type: 'LIST_ACCOUNTS', resource: {} },
    { id: '1', event_type: 'X', resource_type: 'CONNECTION', resource: { id: '' } },
    { id: '1', event_type: 'X', resource_type: 'CONNECTION', resource: { id: 'c', channels: {} } },
    { id: '1', event_type: 'X', resource_type: 'CONNECTION', resource: { id: 'c', channels: [null] } },
    {
      id: '1',
      event_type: 'X',
      resource_type: 'CONNECTION',
      resource: { id: 'c', channels: [{ status: 'RUNNING' }] },
    },
  ])('Q2 S4 %j is not an event', (value) => {
    expect(readEvent(value)).toBeUndefined();
  });

  it('ids that are numbers become strings, 0 too', () => {
    const event = readEvent({
      id: 0,
      event_type: 'AUTH_FAILED',
      channel_definition_id: 8700,
      resource: { id: 5, provider_id: 6, channels: [{ channel_definition_id: 8700 }] },
    });
    expect(event).toMatchObject({
      id: '0',
      channel_definition_id: '8700',
      resource: { id: '5', provider_id: '6', channels: [{ channel_definition_id: '8700' }] },
    });
  });

  it('Q3 the end marker counts in both fields, before any other value; else event_type is the type', () => {
    const typeOf = (fields: object): string | undefined => readEvent({ id: '1', ...fields })?.event_type;
    expect(typeOf({ event_status: 'SYNC_ALL_SUCCESS' })).toBe('SYNC_ALL_SUCCESS');
    expect(typeOf({ event_type: 'CONNECTION_EVENT', event_status: 'SYNC_ALL_SUCCESS' })).toBe(
      'SYNC_ALL_SUCCESS',
    );
    expect(typeOf({ event_type: 'LIST_ACCOUNTS', event_status: 'DONE' })).toBe('LIST_ACCOUNTS');
    expect(typeOf({ event_type: null, event_status: 'AUTH_FAILED' })).toBe('AUTH_FAILED');
  });

  it('the input is never changed: the result is a copy with the same fields', () => {
    const resource = frozen({ id: 'c', provider_id: 'p', channels: [{ channel_definition_id: '8700' }] });
    const whole = frozen({ id: '1', event_type: 'LIST_ACCOUNTS', channel_definition_id: '8700', resource });
    expect(readEvent(whole)).toStrictEqual(whole);
    expect(readConnection(resource)).toStrictEqual(resource);
    const numbered = frozen({ id: 'c', channels: [{ channel_definition_id: 8700, x: 1 }] });
    expect(readEvent(frozen({ ...whole, id: 1, resource: numbered }))).toStrictEqual({
      ...whole,
      resource: { id: 'c', channels: [{ channel_definition_id: '8700', x: 1 }] },
    });
    expect(readEvent(frozen({ id: '1', event_status: 'LIST_ACCOUNTS' }))).toStrictEqual({
      id: '1',
      event_status: 'LIST_ACCOUNTS',
      event_type: 'LIST_ACCOUNTS',
    });
  });

  it.each([
    [5, 'invalid_type, expected object'],
    [{ id: '1' }, 'event_type: expected the type of the event'],
    [{ id: 'e', event_type: {} }, 'event_type: invalid_type, expected string'],
    [
      { id: '', event_type: 'X', creation_date: 'secret' },
      'id: expected an id: a string that is not empty, or a number; creation_date: invalid_type, expected number',
    ],
    [
      {
        id: 'e',
        event_type: 'LIST_ACCOUNTS',
        resource: { id: 'c', channels: [{}, { channel_definition_id: 1, expires: 'secret' }] },
      },
      'resource.channels.0.channel_definition_id: expected an id: a string that is not empty, or a number; ' +
        'resource.channels.1.expires: invalid_type, expected number',
    ],
    [
      { id: 'e', event_type: 'LIST_ACCOUNTS', resource: { id: '..' } },
      'resource.id: expected an id that can be a part of an address',
    ],
    [{ id: 'e', event_type: 'LIST_ACCOUNTS', resource: 'secret' }, 'resource: invalid_type, expected object'],
  ])('Q2 S4 the error for %j names the place and the reason, and quotes no value', (value, problem) => {
    expect(problemOf(value)).toBe(problem);
  });

  it('S4 the error names the first three of many faults', () => {
    const channels = Array.from({ length: 200_000 }, () => 5);
    const problem = problemOf({
      id: 'e',
      event_type: 'LIST_ACCOUNTS',
      resource: { id: 'c', channels: channels.slice(0, 1_000) },
    });
    expect(problem).toMatch(
      /^resource.channels.0: .*; resource.channels.1: .*; resource.channels.2: .*; and 997 more$/,
    );
    expect(
      problemOf({ id: 'e', event_type: 'LIST_ACCOUNTS', resource: { id: 'c', channels } })?.length,
    ).toBeLessThan(300);
  });

  it('S4 keys that pollute prototypes change nothing', () => {
    const event = readEvent(
      JSON.parse('{"id":"1","event_type":"X","__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}}}'),
    );
    expect((event as { polluted?: number } | undefined)?.polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(readEvent(JSON.parse('{"__proto__":{"id":"1","event_type":"X"}}'))).toBeUndefined();
  });
});

describe('the connection of an event', () => {
  const about = (fields: Partial<QueueEvent>): unknown =>
    connectionOf({ id: '1', event_type: 'X', ...fields })?.id;

  it('is found by the type of the resource or of the event', () => {
    const resource = { id: 'c' };
    expect(about({ resource_type: 'CONNECTION', resource })).toBe('c');
    for (const event_type of ['SYNC_ALL_STARTED', 'LIST_ACCOUNTS', 'SYNC_ALL_SUCCESS', 'CHALLENGE_REQUIRED'])
      expect(about({ event_type, resource })).toBe('c');
    expect(about({ resource })).toBeUndefined();
    expect(about({ resource_type: 'CONNECTION' })).toBeUndefined();
    expect(about({ resource_type: 'CONNECTION', resource: null })).toBeUndefined();
  });
});

describe('a connection', () => {
  it('needs only an id; unknown fields are kept', () => {
    expect(readConnection({ id: 'c', owner: 'o', channels: null, status: null })).toEqual({
      id: 'c',
      owner: 'o',
      channels: null,
      status: null,
    });
    for (const bad of [
      null,
      [],
      {},
      { id: 'c', status: 5 },
      { id: 'c', channels: [{}] },
      { id: 'c', provider_id: {} },
    ])
      expect(readConnection(bad)).toBeUndefined();
  });

  it('Q3 five types are actions, and no others', () => {
    for (const type of [
      'AUTH_FAILED',
      'TOKEN_EXPIRED',
      'PASSWORD_CHANGE_REQUIRED',
      'USER_ACTION_REQUIRED',
      'CHALLENGE_REQUIRED',
    ])
      expect(isAction(type)).toBe(true);
    for (const type of ['RUNNING', 'SUCCESS', 'UNKNOWN', 'XAUTH_FAILED', 'AUTH_FAILED_', ''])
      expect(isAction(type)).toBe(false);
  });
});

describe('the schemas', () => {
  it.each([
    [queueEventSchema, { id: '1', event_type: 'X' }],
    [connectionSchema, { id: 'c' }],
    [channelSchema, { channel_definition_id: '8700', status: 'RUNNING' }],
  ])('are Standard Schemas that read valid values and report invalid ones', (schema, value) => {
    const { validate, vendor, version } = schema['~standard'];
    expect({ vendor, version }).toEqual({ vendor: 'zod', version: 1 });
    expect(validate(value)).toEqual({ value });
    for (const bad of [undefined, null, 5, {}, []])
      expect(validate(bad)).toEqual({ issues: expect.arrayContaining([expect.anything()]) });
  });

  it('can be extended by fields of the page, and still read their own', () => {
    const own = z.extend(queueEventSchema, { bank_reference: z.string() });

    expect(z.parse(own, { id: 1, event_status: 'SYNC_ALL_SUCCESS', bank_reference: 'b', other: 5 })).toEqual({
      id: '1',
      event_status: 'SYNC_ALL_SUCCESS',
      event_type: 'SYNC_ALL_SUCCESS',
      bank_reference: 'b',
      other: 5,
    });
    expect(z.safeParse(own, { id: 1, event_type: 'X' }).error?.issues).toMatchObject([
      { path: ['bank_reference'] },
    ]);
    expect(z.safeParse(own, { id: 1, bank_reference: 'b' }).error?.issues).toMatchObject([
      { path: ['event_type'] },
    ]);
  });

  it('can be extended in a nested field', () => {
    const connection = z.extend(connectionSchema, { logo_url: z.string() });
    const own = z.safeExtend(queueEventSchema, { resource: connection });
    const resource = { id: 5, logo_url: '/logo.svg', channels: [{ channel_definition_id: 7 }] };

    expect(z.parse(own, { id: 'e', event_type: 'LIST_ACCOUNTS', resource }).resource).toEqual({
      id: '5',
      logo_url: '/logo.svg',
      channels: [{ channel_definition_id: '7' }],
    });
    expect(z.safeParse(own, { id: 'e', event_type: 'X', resource: { id: 5 } }).error?.issues).toMatchObject([
      { path: ['resource', 'logo_url'] },
    ]);
  });
});
