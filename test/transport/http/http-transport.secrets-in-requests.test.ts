import { expect, test } from 'vitest';
import { bridgeOverHttp } from '../fixtures/bridge-over-http.ts';
import { useClock } from '../fixtures/clock.ts';
import { BODY, expectNoSecret, failuresOf, leaksOf, TOKEN, watchLog } from '../fixtures/secrets.ts';
import { status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();
watchLog();

test.each<[string, Record<string, string>]>([
  ['a value with a line break', { 'x-widget': 'hush-widget-header\r\nauthToken: hush' }],
  ['a value beyond Latin-1', { 'x-widget': 'hush-widget-header ✓' }],
  ['a name that HTTP forbids', { 'hush widget header': '1' }],
])('T4 a header of the widget: %s', async (_what, headers) => {
  bank.answer(status(500));
  const { ask, failures } = bridgeOverHttp({ authToken: TOKEN, widgetHeaders: ['x-widget'] });

  await ask(BODY, headers);

  expectNoSecret(failures);
});

const circular: { type: string; 'hush-field'?: object } = { type: 'getInsights' };
circular['hush-field'] = circular;

test.each<[string, object]>([
  ['runs in a circle', circular],
  ['holds a BigInt', { type: 'getInsights', 'hush-field': 1n }],
  [
    'throws when it is written',
    {
      type: 'getInsights',
      toJSON() {
        throw new Error('hush-body');
      },
    },
  ],
  ['is not written at all', { type: 'getInsights', toJSON: () => undefined }],
])('T4 a body that %s', async (_what, body) => {
  const failures = await failuresOf({}, undefined, body);

  expect(bank.arrivals).toEqual([]);
  // Told by the promise alone where the bridge itself has to write the body.
  expect(new Set(failures.map(({ error }) => error.code))).toEqual(new Set(['INVALID_CALL']));
  for (const { error } of failures) expect(leaksOf(error)).toEqual([]);
});

test('T4 for a server without an address', async () => {
  expectNoSecret(await failuresOf({ endpoints: { ob: 'https://bank.example/ob' } }));
});
