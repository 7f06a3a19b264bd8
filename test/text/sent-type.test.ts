import { expect, test, vi } from 'vitest';
import { type HttpTransportOptions, httpTransport, type WidgetRequest } from '../../src/index.ts';
import { sentType } from '../../src/text/sent-type.ts';
import { drive, useClock } from '../transport/fixtures/clock.ts';
import { PSERVER, status, useBank } from '../transport/fixtures/use-bank.ts';

const bank = useBank();
useClock();

test.each<[string, string, string | undefined]>([
  ['an object', '{"type":"getX"}', 'getX'],
  ['blanks', ' { "a" : [ { "type" : "b" } ] , "type" : "getX" } ', 'getX'],
  ['an escaped name', '{"\\u0074ype":"getX"}', 'getX'],
  ['one of another name deeper', '{"type":"getX","filter":{"type":"transferMoney"}}', 'getX'],
  ['signs in its texts', '{"a\\"{[:":"}]\\\\","type":"getX","b":",\\"type\\":"}', 'getX'],
  ['the name as a value', '{"a":"type","type":"getX"}', 'getX'],
  ['two', '{"type":"transferMoney","type":"getX"}', undefined],
  ['two, the one escaped', '{"\\u0074ype":"transferMoney","type":"getX"}', undefined],
  ['two that are the same', '{"type":"getX","type":"getX"}', undefined],
  ['one in other letters before', '{"Type":"transferMoney","type":"getX"}', undefined],
  ['one in other letters behind', '{"type":"getX","TYPE":"transferMoney"}', undefined],
  ['one in other letters alone', '{"Type":"getX"}', undefined],
  ['what is no text', '{"type":["getX"]}', undefined],
  ['none', '{"command":"getX"}', undefined],
  ['an array', '[{"type":"getX"}]', undefined],
  ['null', 'null', undefined],
  ['a string', '"type"', undefined],
  ['no JSON', "{type:'getX'}", undefined],
  ['a comment', '{"type":"getX"/**/}', undefined],
  ['half of it', '{"type":"getX"', undefined],
  ['a byte order mark', '\ufeff{"type":"getX"}', undefined],
  ['nothing', '', undefined],
  ['__proto__', '{"__proto__":{"type":"getX"}}', undefined],
])('T3 the type is what every parser reads from the text: %s', (_what, body, type) => {
  expect(sentType(body)).toBe(type);
});

test('T3 what is put on a prototype is the type of no body', () => {
  Object.defineProperty(Object.prototype, 'type', { value: 'getX', configurable: true });
  try {
    expect(sentType('{}')).toBeUndefined();
    expect(sentType('no JSON')).toBeUndefined();
  } finally {
    Reflect.deleteProperty(Object.prototype, 'type');
  }
});

test('T3 a body of 1 MB in strings and in levels is read', () => {
  expect(
    sentType(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)},"b":"${'\\"'.repeat(500_000)}","type":"getX"}`),
  ).toBe('getX');
});

/** It says one type when it is looked at, and another when it is written. */
const twoFaced: [string, () => object | string, string | undefined][] = [
  ['a toJSON', () => ({ type: 'getX', toJSON: () => ({ type: 'transferMoney' }) }), 'transferMoney'],
  [
    'a getter',
    () => {
      let count = 0;
      return {
        get type() {
          count += 1;
          return count === 1 ? 'getX' : 'transferMoney';
        },
      };
    },
    'transferMoney',
  ],
  ['a second type', () => '{"type":"transferMoney","type":"getX"}', undefined],
  ['a Type', () => ({ type: 'getX', Type: 'transferMoney' }), undefined],
];

/** Directly to the transport, as a bridge would pass it. */
async function failureOf(
  request: Pick<WidgetRequest, 'type' | 'body'>,
  options: Partial<HttpTransportOptions> = {},
): Promise<unknown> {
  bank.answer(status(503));
  const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: false, ...options });
  const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
  const sending = transport.send({ requestId: '1', server: 'pserver', headers: {}, ...request }, context);
  return drive(Promise.resolve(sending).catch((error: unknown) => error));
}

test.each(twoFaced)(
  'T3 a body is retried, filtered and reported by what is sent: %s',
  async (_what, make, type) => {
    const headers = vi.fn((_request: WidgetRequest) => ({}));
    const body = make();

    const error = await failureOf(
      { type: typeof body === 'string' ? 'getX' : (body as { type: string }).type, body },
      { headers },
    );

    expect(bank.arrivals).toHaveLength(1);
    expect(headers.mock.lastCall?.[0].type).toBe(type);
    expect(error).toMatchObject({ code: 'HTTP', details: { type } });
  },
);

test.each([
  ['getX', '{"type":"transferMoney"}', 1, 'transferMoney'],
  ['transferMoney', '{"type":"getX"}', 3, 'getX'],
])('T3 what a request says of its type does not count: %s, %s', async (type, body, count, told) => {
  const error = await failureOf({ type, body });

  expect(bank.arrivals).toHaveLength(count);
  expect(error).toMatchObject({ code: 'HTTP', details: { type: told } });
});
