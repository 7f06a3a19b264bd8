import { describe, expect, it } from 'vitest';
import { QueuePoller, type QueuePollerOptions } from '../../src/index.ts';
import { refusalBy } from '../harness/refusal.ts';

const SECRET = 'token-of-a-user';
const sound = { baseUrl: 'https://bank.example/linxo', accessToken: 'token', storage: false };

function make(options: unknown): QueuePoller {
  return new QueuePoller(options as QueuePollerOptions);
}

function refusal(options: unknown) {
  return refusalBy(() => make(options));
}

const wrong: [option: string, value: unknown][] = [
  ['baseUrl', undefined],
  ['baseUrl', null],
  ['baseUrl', ''],
  ['baseUrl', 7],
  ['baseUrl', {}],
  ['baseUrl', 'http://bank.example/linxo'],
  ['baseUrl', 'ftp://bank.example/linxo'],
  ['baseUrl', `javascript:${SECRET}`],
  ['baseUrl', `https://user:${SECRET}@bank.example/`],
  ['baseUrl', `https://no address/?${SECRET}`],
  ['topics', null],
  ['topics', []],
  ['topics', SECRET],
  ['topics', ['connections', 7]],
  ['topics', ['']],
  ['topics', { 0: 'connections', length: 1 }],
  ['accessToken', undefined],
  ['accessToken', null],
  ['accessToken', true],
  ['accessToken', ''],
  ['accessToken', ` ${SECRET}`],
  ['accessToken', `${SECRET}\n`],
  ['accessToken', `${SECRET}é`],
  ['accessToken', { token: SECRET }],
  ['accessToken', Promise.resolve(SECRET)],
  ['headers', null],
  ['headers', SECRET],
  ['headers', { 'not a name': SECRET }],
  ['headers', { 'x-csrf': `a\n${SECRET}` }],
  ['headers', [[SECRET]]],
  ['credentials', null],
  ['credentials', true],
  ['credentials', SECRET],
  ['channelKind', null],
  ['channelKind', { 8700: 'EMBEDDED' }],
  ['channelKind', SECRET],
  ['queueId', null],
  ['queueId', ''],
  ['queueId', 7],
  ['queueId', '..'],
  ['user', null],
  ['user', ''],
  ['user', 7],
  ['share', true],
  ['share', null],
  ['share', 'yes'],
  ['share', 0],
  ['storage', null],
  ['storage', true],
  ['storage', {}],
  ['storage', SECRET],
  ['schedule', null],
  ['schedule', 2_500],
  ['schedule', SECRET],
  ['timeout', 0],
  ['timeout', -1],
  ['timeout', Number.NaN],
  ['timeout', Infinity],
  ['timeout', null],
  ['timeout', true],
  ['timeout', false],
  ['timeout', '5000'],
  ['timeout', 5n],
  ['timeout', 2 ** 31],
  ['fetch', null],
  ['fetch', {}],
  ['fetch', SECRET],
  ['signal', null],
  ['signal', {}],
  ['signal', new AbortController()],
  ['signal', SECRET],
];

describe('the constructor rejects a wrong option: the error names the option, and shows no value', () => {
  it.each(wrong)('%s: %o', (option, value) => {
    const error = refusal({ ...sound, [option]: value });

    expect(error.details.option).toBe(option);
    expect(error.details.expected).not.toBe('');
    expect(error.message).toContain(`'${option}'`);
    expect(`${error.stack} ${JSON.stringify(error.details)}`).not.toContain(SECRET);
    expect(error.cause).toBeUndefined();
  });

  const times = ['close', 'closeFor', 'idle', 'hidden', 'keepAlive', 'reconcile'];
  const noTimes = [0, -1, Number.NaN, Infinity, null, true, '5000', SECRET, 5n, {}];

  it.each(times.flatMap((time) => noTimes.map((value) => [time, value] as const)))(
    'schedule.%s: %o',
    (time, value) => {
      const error = refusal({ ...sound, schedule: { [time]: value } });

      expect(error.details.option).toBe(`schedule.${time}`);
      expect(`${error.stack}`).not.toContain(SECRET);
    },
  );

  it.each([
    ['schedule.keepAlive', { keepAlive: 900_000 }],
    ['schedule.every', { every: 1_000 }],
    ['schedule.toString', { toString: 1_000 }],
  ])('%s', (option, schedule) => {
    expect(refusal({ ...sound, schedule })).toMatchObject({ details: { option } });
  });

  it.each([undefined, null, 7, SECRET])('no options at all: %o', (options) => {
    expect(refusal(options)).toMatchObject({ details: { option: 'baseUrl' } });
  });
});

describe('unusual but valid options', () => {
  it.each([
    ['all options undefined', Object.fromEntries(wrong.map(([option]) => [option, undefined]))],
    ['loopback without https', { baseUrl: 'http://localhost:8080' }],
    ['a URL object', { baseUrl: new URL('https://bank.example/linxo/') }],
    ['no token, since the back end adds it', { accessToken: false }],
    ['headers as pairs', { headers: [['x-csrf', 'a']] }],
    ['undefined times', { schedule: { close: undefined, idle: 1 } }],
    ['the longest timeout', { timeout: 2 ** 31 - 1 }],
    ['sharing switched off', { user: 'u1', share: false }],
  ])('%s', (_name, options) => {
    const { baseUrl, accessToken, storage } = sound;
    const needed = { baseUrl, accessToken, storage };
    const given = Object.entries(options).filter(([name, value]) => !(name in needed) || value !== undefined);

    expect(make({ ...needed, ...Object.fromEntries(given) }).status).toBe('idle');
  });
});
