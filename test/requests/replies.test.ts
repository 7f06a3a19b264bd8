import { describe, expect, it, vi } from 'vitest';
import { redactedCause } from '../../src/errors.ts';
import { asBase64, asJson, type BridgeOptions, isBanksideError } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { reported, setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };
const REPLY = { ok: true, text: 'Zoë – 30 € 🚀', nested: [{ a: null }] };
const JSON_TEXT = JSON.stringify(REPLY);
/** What the widget takes for a success, where the server had nothing to say. */
const EMPTY = { ok: true, status: '200' };
const BASE64 = Buffer.from(JSON_TEXT, 'utf8').toString('base64');

/** What the widget gets for a reply of the server's. */
async function answered(response: unknown, options?: Partial<BridgeOptions>): Promise<unknown> {
  const { delegate, widget } = setUpWith({ send: () => Promise.resolve(response) }, options);
  delegate.sendRequestToPServer(BODY, 'r1');
  await turn();
  expect(widget.replies).toHaveLength(1);
  return widget.replies[0]?.[0];
}

describe('B11 what is understood', () => {
  const forms: [string, unknown, unknown][] = [
    ['an object', REPLY, REPLY],
    ['an array', [REPLY], [REPLY]],
    ['JSON text', JSON_TEXT, REPLY],
    ['JSON text with space around it', `\n\t ${JSON_TEXT}\r\n`, REPLY],
    ['JSON text with a byte order mark', `\uFEFF${JSON_TEXT}`, REPLY],
    ['JSON text of an array', '[1,2]', [1, 2]],
    ['Base64', BASE64, REPLY],
    [
      'Base64 of the URL alphabet, without padding',
      BASE64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''),
      REPLY,
    ],
    ['Base64 with - and _', 'eyJ0ZXh0IjoiPj4-Pz8_In0', { text: '>>>???' }],
    ['Base64 with + and /', 'eyJ0ZXh0IjoiPj4+Pz8/In0=', { text: '>>>???' }],
    ['Base64 of JSON with space before it', Buffer.from(` ${JSON_TEXT}`).toString('base64'), REPLY],
    ['Base64 in lines', BASE64.replace(/.{16}/g, '$&\r\n'), REPLY],
    ['Base64 with space around it', ` ${BASE64}\n`, REPLY],
    ['Base64 of an array', Buffer.from('[1,"é"]').toString('base64'), [1, 'é']],
    ['null', null, EMPTY],
    ['an empty text', '', EMPTY],
    ['a string of spaces', ' \r\n', EMPTY],
    ['JSON null', 'null', EMPTY],
    ['Base64 of JSON null', Buffer.from('null').toString('base64'), EMPTY],
    ['Base64 of JSON null and a line end', Buffer.from('null\n').toString('base64'), EMPTY],
    ['JSON text that was written as JSON once more', JSON.stringify(JSON_TEXT), REPLY],
    ['Base64 that was written as JSON', JSON.stringify(BASE64), REPLY],
    ['an empty text that was written as JSON', '""', EMPTY],
    ['an object with ok: false', { ok: false, status: '7' }, { ok: false, status: '7' }],
  ];

  it.each(forms)('B11 %s', async (_, response, expected) => {
    expect(await answered(response)).toEqual(expected);
  });

  it.each(forms)('B11 %s at the entry point', (_, response, expected) => {
    const { bridge, delegate, widget } = setUpWith({ send: () => undefined });
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse(response, 'r1')).toBe(true);
    expect(widget.replies).toEqual([[expected, 'r1']]);
  });

  it('B11 an empty answer at the entry point', () => {
    const { bridge, delegate, widget } = setUpWith({ send: () => undefined });
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse(undefined, 'r1')).toBe(true);
    expect(widget.replies).toEqual([[EMPTY, 'r1']]);
  });

  it('B11 a large reply in Base64', async () => {
    const large = { list: Array.from({ length: 50_000 }, (_, i) => `ünïcode ${i}`) };

    expect(await answered(Buffer.from(JSON.stringify(large)).toString('base64'))).toEqual(large);
    const base64 = (await answered(large, { reply: asBase64 })) as string;
    expect(JSON.parse(Buffer.from(base64, 'base64').toString('latin1'))).toEqual(large);
  });

  it('B11 an object is handed on as it is, not a copy', async () => {
    expect(await answered(REPLY)).toBe(REPLY);
  });

  it('S4 prototype-polluting keys change nothing', async () => {
    const reply = (await answered('{"__proto__":{"polluted":1},"ok":true}')) as { ok: boolean };

    expect(reply.ok).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('B11 what is not', () => {
  it.each([
    ['HTML', '<!doctype html><p>secret-of-somebody'],
    ['plain text', 'secret-of-somebody'],
    ['broken JSON', '{"a":"secret-of-somebody"'],
    ['Base64 of no JSON', Buffer.from('secret-of-somebody').toString('base64')],
    ['Base64 of broken UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]).toString('base64')],
    ['Base64 of broken UTF-8 in an object', Buffer.from('{"a":"\xc3("}', 'latin1').toString('base64')],
    ['a word that is the Base64 of a number', 'OK'],
    ['Base64 of JSON text', Buffer.from('"["').toString('base64')],
    ['JSON of a boolean', 'true'],
    ['JSON of a number', '8'],
    ['JSON of a string', '"secret-of-somebody"'],
    ['a boolean', true],
    ['a number', 5],
    ['a symbol', Symbol('secret-of-somebody')],
    ['a bigint', 5n],
    ['a function', () => 'secret-of-somebody'],
    ['a Response', new Response('secret-of-somebody')],
    ['a Blob', new Blob(['secret-of-somebody'])],
  ])('B11 %s is INVALID_RESPONSE, which shows none of it', async (_, response) => {
    const { delegate, widget, events } = setUpWith({ send: () => Promise.resolve(response) });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.types).toEqual(['request', 'failure']);
    const [error] = events.errors;
    if (!isBanksideError(error, 'INVALID_RESPONSE')) throw error;
    expect(error.details).toMatchObject({ requestId: 'r1', server: 'pserver', type: 'getInsights' });
    expect(error.details.expected).toMatch(/JSON/);
    expect(error.details.received).not.toBe('');
    expect(`${error.message}${JSON.stringify(error.details)}${error.cause}`).not.toMatch(/secret/);
  });
});

describe('B11 `reply` says what goes out', () => {
  it('B11 the default is the parsed object', async () => {
    expect(await answered(JSON_TEXT)).toEqual(REPLY);
  });

  it('B11 asJson', async () => {
    expect(await answered(REPLY, { reply: asJson })).toBe(JSON_TEXT);
    expect(await answered(BASE64, { reply: asJson })).toBe(JSON_TEXT);
    expect(await answered('', { reply: asJson })).toBe(JSON.stringify(EMPTY));
  });

  it('B11 asBase64, of ASCII alone: shipped decoders break at characters of four bytes', async () => {
    for (const [given, expected] of [
      [REPLY, REPLY],
      [JSON_TEXT, REPLY],
      [BASE64, REPLY],
      [{ text: '😀' }, { text: '😀' }],
      [{ '\u{10ffff}\u2028é': '\ud83d' }, { '\u{10ffff}\u2028é': '\ud83d' }],
    ] as const) {
      const binary = Buffer.from((await answered(given, { reply: asBase64 })) as string, 'base64');
      expect(binary.every((byte) => byte < 128)).toBe(true);
      expect(JSON.parse(binary.toString('latin1'))).toEqual(expected);
    }
  });

  it.each([
    ['text', (text: string) => text],
    ['Base64', (text: string) => Buffer.from(text).toString('base64')],
  ])('B11 numbers that JavaScript cannot hold stay what the server wrote, as %s', async (_, written) => {
    const text = '{"ok":true, "id":12345678901234567890, "amount":0.10, "big":1e400, "text":"é😀"}';
    const base64 = (await answered(written(text), { reply: asBase64 })) as string;

    expect(await answered(written(text), { reply: asJson })).toBe(text);
    expect(Buffer.from(base64, 'base64').toString('latin1')).toBe(
      text.replace('é😀', '\\u00e9\\ud83d\\ude00'),
    );
  });

  it('B11 a function of the page’s gets the server’s text, too', async () => {
    const seen = vi.fn((response: unknown, text?: string) => asJson(response, text));

    expect(await answered(' {"ok":true,"id":1.0} ', { reply: seen })).toBe('{"ok":true,"id":1.0}');
    expect(seen).toHaveBeenCalledWith({ ok: true, id: 1 }, '{"ok":true,"id":1.0}');
    expect(await answered(REPLY, { reply: seen })).toBe(JSON_TEXT);
    expect(seen).toHaveBeenLastCalledWith(REPLY, undefined);
  });

  it('B11 a function of the page’s own, which gets the parsed reply', async () => {
    const reply = vi.fn((response: unknown) => ({ wrapped: response }));

    expect(await answered(JSON_TEXT, { reply })).toEqual({ wrapped: REPLY });
    expect(reply).toHaveBeenCalledWith(REPLY, JSON_TEXT);
  });

  it('B11 for failure replies too', async () => {
    expect(await answered('<html>', { reply: asJson })).toBe(JSON.stringify(FAILURE));
    expect(await answered('<html>', { reply: asBase64 })).toBe(
      Buffer.from(JSON.stringify(FAILURE)).toString('base64'),
    );
  });

  it('B11 for the callbacks of e and f too', async () => {
    const { delegate, transport } = setUp({ reply: asJson });
    const calls: unknown[] = [];
    const callback = (name: string) => (reply: unknown) => calls.push([name, reply]);
    delegate.sendRequestToPServer(BODY, callback('ok'), callback('error'));
    delegate.sendRequestToPServer(BODY, callback('ok'), callback('error'));
    delegate.sendRequestToOBServer(BODY, callback('f'));
    transport.sent[0]?.answer({ a: 1 });
    transport.sent[1]?.fail(new Error('x'));
    transport.sent[2]?.answer({ b: 2 });
    await turn();

    expect(calls.sort()).toEqual([
      ['error', JSON.stringify(FAILURE)],
      ['f', '{"b":2}'],
      ['ok', '{"a":1}'],
    ]);
  });

  it('B11 not for the page itself: events and `send` have the parsed reply', async () => {
    const { bridge, events } = setUpWith({ send: () => JSON_TEXT }, { reply: asJson });

    expect(await bridge.send('pserver', BODY)).toEqual(REPLY);
    expect(events.of('reply')[0]?.response).toEqual(REPLY);
  });

  it('B1 one that throws does not leave the widget without an answer', async () => {
    const boom = new Error('x');
    const { delegate, widget, events } = setUpWith(
      { send: () => ({}) },
      {
        reply: () => {
          throw boom;
        },
      },
    );
    const onSuccess = vi.fn();
    const onError = vi.fn();
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToPServer(BODY, onSuccess, onError);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
    const details = {
      option: 'reply',
      expected: 'a function that does not throw',
      received: 'one that threw',
    };
    expect(events.errors).toMatchObject([
      { code: 'INVALID_OPTIONS', details, cause: redactedCause(boom) },
      { code: 'INVALID_OPTIONS', details, cause: redactedCause(boom) },
    ]);
    expect(events.of('reply')).toEqual([]);
  });

  it('B1 asJson of a reply that contains itself does not either', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;

    expect(await answered(circular, { reply: asJson })).toEqual(FAILURE);
  });
});

describe('B11 `failureReply` says what a failed request gets', () => {
  it('B11 it gets the error and the request', async () => {
    const failureReply = vi.fn((error: { code: string }) => ({ ok: false, code: error.code }));
    const { delegate, transport, widget, events } = setUp({ failureReply, reply: asJson });
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.fail(new Error('x'));
    await turn();

    expect(widget.replies).toEqual([['{"ok":false,"code":"NETWORK"}', 'r1']]);
    expect(failureReply.mock.calls).toEqual([[events.errors[0], transport.last.request]]);
  });

  it.each([false, 0, '', null])('B11 it may answer %j', async (falsy) => {
    expect(await answered('<html>', { failureReply: () => falsy })).toBe(falsy);
  });

  it('B1 one that throws does not leave the widget without an answer', async () => {
    const boom = new Error('x');
    const { delegate, transport, widget, events } = setUp({
      reply: asJson,
      failureReply: () => {
        throw boom;
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.fail(new Error('y'));
    await turn();

    expect(widget.replies).toEqual([[JSON.stringify(FAILURE), 'r1']]);
    expect(events.errors).toMatchObject([
      { code: 'NETWORK' },
      { code: 'INVALID_OPTIONS', details: { option: 'failureReply' }, cause: redactedCause(boom) },
    ]);
  });

  it('B1 nor do both that throw', async () => {
    const fail = (): never => {
      throw new Error('x');
    };

    expect(await answered('<html>', { reply: fail, failureReply: fail })).toEqual(FAILURE);
    reported.splice(0);
  });

  it('B11 the failure reply is a fresh one each time: a widget that changes it changes its own', async () => {
    const { delegate, transport, widget } = setUp();
    for (const id of ['r1', 'r2']) {
      delegate.sendRequestToPServer(BODY, id);
      transport.last.fail(new Error('x'));
      await turn();
      Object.assign(widget.replies[0]?.[0] as object, { status: 'changed' });
    }

    expect(widget.repliesTo('r2')).toEqual([FAILURE]);
  });
});
