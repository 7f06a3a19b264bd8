import ky from 'ky';
import { expect, test, vi } from 'vitest';
import { BanksideError, type HttpTransportOptions, QueuePoller } from '../../src/index.ts';
import { refusalBy } from '../harness/refusal.ts';
import { useClock } from '../transport/fixtures/clock.ts';
import { expectNoSecret, failuresOf, leaksOf, TOKEN, watchLog } from '../transport/fixtures/secrets.ts';
import { status, useBank } from '../transport/fixtures/use-bank.ts';

const bank = useBank();
useClock();
watchLog();

/** As another copy of this package makes them, or a helper of the page's that uses its class. */
function banksideErrors(): Error[] {
  const details = { option: TOKEN, expected: TOKEN, received: TOKEN };
  return [
    new BanksideError('INVALID_OPTIONS', TOKEN, details, { cause: TOKEN }),
    new BanksideError('UNAUTHORIZED', TOKEN, {
      requestId: TOKEN,
      server: 'pserver',
      type: TOKEN,
      elapsed: 0,
    }),
    new BanksideError('DISPOSED', TOKEN, {}),
    Object.assign(new Error(TOKEN), { [Symbol.for('bankside.error')]: true, code: 'TIMEOUT' }),
  ];
}

function throwing(error: Error): () => never {
  return () => {
    throw error;
  };
}

const functions: [string, (error: Error) => Partial<HttpTransportOptions>, string][] = [
  ['authToken', (error) => ({ authToken: throwing(error) }), 'NETWORK'],
  [
    'authToken, at a refresh',
    (error) => ({ authToken: ({ rejected }) => (rejected ? throwing(error)() : TOKEN) }),
    'NETWORK',
  ],
  ['headers', (error) => ({ headers: throwing(error) }), 'INVALID_OPTIONS'],
  [
    'headers, for a replay',
    (error) => {
      let isRefreshed = false;
      return {
        authToken: ({ rejected }) => {
          isRefreshed ||= rejected !== undefined;
          return isRefreshed ? 'fresh' : TOKEN;
        },
        headers: () => {
          if (isRefreshed) throw error;
          return {};
        },
      };
    },
    'INVALID_OPTIONS',
  ],
  ['fetch', (error) => ({ fetch: throwing(error) }), 'NETWORK'],
  [
    'fetch, in a body that is read',
    (error) => ({ fetch: async () => Object.assign(new Response(), { text: throwing(error) }) }),
    'NETWORK',
  ],
  ['the fetch of ky', (error) => ({ ky: ky.create({ fetch: throwing(error) }) }), 'NETWORK'],
  [
    'a hook beforeRequest',
    (error) => ({ ky: ky.create({ hooks: { beforeRequest: [throwing(error)] } }) }),
    'NETWORK',
  ],
  [
    'a hook afterResponse',
    (error) => ({ ky: ky.create({ hooks: { afterResponse: [throwing(error)] } }) }),
    'NETWORK',
  ],
  [
    'an answer of a hook, as it is read',
    (error) => ({
      ky: ky.create({
        hooks: {
          afterResponse: [() => Object.assign(new Response('{}'), { text: throwing(error) })],
        },
      }),
    }),
    'NETWORK',
  ],
];

test.each(functions)(
  'T4 an error of this package that %s throws only keeps its name',
  async (_what, options, code) => {
    bank.answer(status(401));
    for (const error of banksideErrors()) {
      const failures = await failuresOf({ retry: { limit: 0 }, ...options(error) });

      expect(failures.map(({ error }) => error.code)).toEqual([code, code, code]);
      expectNoSecret(failures);
      for (const { error: told } of failures) expect(told).not.toBe(error);
    }
  },
);

test('T4 what this package itself says of what is no token stays', async () => {
  const failures = await failuresOf({ authToken: () => `${TOKEN}\n` });

  expect(failures[0]?.error).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'authToken' } });
  expectNoSecret(failures);
});

test('T4 the kind of what an authToken threw is the cause', async () => {
  const failures = await failuresOf({
    authToken: () => {
      throw new RangeError(TOKEN);
    },
  });

  expect(failures[0]?.error).toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('The token function failed'),
    cause: { message: 'The function threw RangeError. Its message is not copied' },
  });
  expectNoSecret(failures);
});

test('T4 an accessToken that throws an error of this package', async () => {
  for (const error of banksideErrors()) {
    const told: unknown[] = [];
    const poller = new QueuePoller({
      baseUrl: 'https://bank.example/linxo',
      accessToken: throwing(error),
      storage: false,
    });
    poller.on('failure', (failure) => told.push(failure));
    poller.start().catch((reason: unknown) => told.push(reason));
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
    await poller.stop();

    expect(told[0]).toMatchObject({ error: { code: 'NETWORK' } });
    expect(told.flatMap(leaksOf)).toEqual([]);
  }
});

test('T4 what an engine says of a bad header of the page’s ky is not passed on', () => {
  const own = ky.create({ headers: { 'x-csrf': '42' } });
  const bad = Object.assign((() => {}) as never as typeof ky, {
    ...own,
    retry: ky.retry,
    extend: (read: (options: object) => object) => {
      read({ headers: { 'x-csrf': `${TOKEN}\n✓` } });
      return own;
    },
  });

  const error = refusalBy(
    () =>
      new QueuePoller({ baseUrl: 'https://bank.example/linxo', accessToken: false, storage: false, ky: bad }),
  );

  expect(error.details.option).toBe('ky');
  expect(leaksOf(error)).toEqual([]);
});
