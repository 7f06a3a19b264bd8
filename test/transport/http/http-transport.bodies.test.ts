import { HttpResponse } from 'msw';
import { describe, expect, test } from 'vitest';
import { asBase64 } from '../../../src/index.ts';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { useBank } from '../fixtures/use-bank.ts';

const bank = useBank();

const answerWithText = (text: string | null, code = 200, type = 'application/json') =>
  bank.answer(() => new HttpResponse(text, { status: code, headers: { 'content-type': type } }));

const sent = (): string => bank.arrival.body;
const sentBytes = (): Buffer => Buffer.from(bank.arrival.bytes);

/** A success for the widget. */
const EMPTY = { ok: true, status: '200' };

describe('B5 bodies travel unchanged', () => {
  test.each([
    ['spaces and order of its own', '{ "type" : "getInsights",\n\t"b":1, "a":2 }'],
    [
      'numbers that JavaScript would write otherwise',
      '{"type":"a","n":1.50,"big":12345678901234567890,"e":1E5}',
    ],
    ['keys twice', '{"type":"a","type":"b"}'],
    ['escapes', '{"type":"a","text":"\\u00fc\\/\\n"}'],
    ['letters of all planes', '{"type":"a","text":"Żółć ß 漢字 🏦 👩‍👩‍👧 é"}'],
    ['line separators', '{"type":"a","text":"\u2028\u2029"}'],
    ['a NUL and a BOM within', '{"type":"a","text":"\u0000\ufeff"}'],
    ['what is no JSON at all', 'type=getInsights&id=1'],
    ['spaces at both ends', '  {"type":"a"}  '],
  ])('B5 a string, byte for byte: %s', async (_what, text) => {
    await bridgeOverHttp().bridge.send('pserver', text);

    expect(sentBytes().equals(Buffer.from(text, 'utf8'))).toBe(true);
  });

  test('B5 a string from the widget too', async () => {
    const text = '{ "type":"getInsights", "text":"Żółć 🏦" }';

    await bridgeOverHttp().ask(text);

    expect(sent()).toBe(text);
  });

  test('B5 an object, as JSON', async () => {
    const body = { type: 'getInsights', lang: 'pl', text: 'Żółć 🏦', nested: { list: [1, null, true] } };

    await bridgeOverHttp().ask(body);

    expect(sent()).toBe(JSON.stringify(body));
  });

  test('B5 half a surrogate pair in an object is not lost', async () => {
    await bridgeOverHttp().ask({ type: 'getInsights', text: 'a\ud83ca\udfe6' });

    expect(sent()).toBe('{"type":"getInsights","text":"a\\ud83ca\\udfe6"}');
  });

  test('B5 an array, and what writes itself', async () => {
    const { bridge } = bridgeOverHttp();

    await bridge.send('pserver', [1, 2]);
    expect(sent()).toBe('[1,2]');
    await bridge.send('pserver', { toJSON: () => ({ type: 'getInsights' }) });
    expect(sent()).toBe('{"type":"getInsights"}');
  });

  test('B5 a megabyte', async () => {
    const text = JSON.stringify({ type: 'getInsights', text: '🏦ü'.repeat(170_000) });
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);

    await bridgeOverHttp().bridge.send('pserver', text);

    expect(sentBytes().equals(Buffer.from(text))).toBe(true);
  });
});

describe('B11 answers', () => {
  test.each([
    ['JSON', '{"ok":true,"text":"Żółć 🏦"}', { ok: true, text: 'Żółć 🏦' }],
    ['JSON with spaces around it', '\r\n {"ok":true} \n', { ok: true }],
    ['an array', '[1,2]', [1, 2]],
    ['Base64 of UTF-8 JSON', asBase64({ ok: true, text: 'Żółć 🏦' }), { ok: true, text: 'Żółć 🏦' }],
    ['Base64 with a line end', `${asBase64({ ok: true })}\n`, { ok: true }],
    ['nothing', '', EMPTY],
    ['spaces', ' \n', EMPTY],
    ['null', 'null', EMPTY],
  ])('B11 200 with %s', async (_what, text, parsed) => {
    answerWithText(text);
    const { ask, outcomes } = bridgeOverHttp();

    expect(await ask(READ)).toEqual(parsed);

    expect(outcomes).toEqual(['reply']);
  });

  test.each([201, 202, 203, 206, 299])('B11 any status of success is one: %i', async (code) => {
    answerWithText('{"ok":true}', code);

    expect(await bridgeOverHttp().ask(WRITE)).toEqual({ ok: true });
  });

  test.each([204, 205])('B11 %i is an empty answer', async (code) => {
    answerWithText(null, code);
    const { ask, outcomes } = bridgeOverHttp();

    expect(await ask(WRITE)).toEqual(EMPTY);

    expect(outcomes).toEqual(['reply']);
  });

  test('B11 the content type does not matter', async () => {
    answerWithText('{"ok":true}', 200, 'text/html');

    expect(await bridgeOverHttp().ask(WRITE)).toEqual({ ok: true });
  });

  test.each([
    ['a page of HTML', '<!doctype html><title>Log in</title>'],
    ['half of a JSON text', '{"ok":true,"text":"'],
    ['a word', 'OK'],
    ['Base64 of something else', Buffer.from('OK').toString('base64')],
    ['Base64 that is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
  ])('B11 200 with %s is INVALID_RESPONSE, not repeated', async (_what, text) => {
    answerWithText(text);
    const wired = bridgeOverHttp();

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(wired.error).toMatchObject({
      code: 'INVALID_RESPONSE',
      details: { requestId: 'id-1', server: 'pserver', type: 'getInsights', expected: expect.any(String) },
    });
    expect(bank.arrivals).toHaveLength(1);
  });

  test('B11 a megabyte', async () => {
    const text = '🏦ü'.repeat(170_000);
    answerWithText(JSON.stringify({ ok: true, text }));

    expect(await bridgeOverHttp().ask(READ)).toEqual({ ok: true, text });
  });

  test('B11 a hundred at once, each to its own request', async () => {
    bank.answer(async ({ body }, count) => {
      for (let turns = 0; turns < (count * 7) % 13; turns += 1)
        await new Promise((next) => setImmediate(next));
      return HttpResponse.json({ ok: true, echo: JSON.parse(body).number });
    });
    const { ask, replies } = bridgeOverHttp();

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, number) => ask({ type: 'get', number })),
    );

    expect(answers).toEqual(Array.from({ length: 100 }, (_, echo) => ({ ok: true, echo })));
    expect(new Set(replies.map(({ requestId }) => requestId)).size).toBe(100);
    expect(replies).toHaveLength(100);
  });
});
