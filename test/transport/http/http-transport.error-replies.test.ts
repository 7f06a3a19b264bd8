import { HttpResponse } from 'msw';
import { describe, expect, test, vi } from 'vitest';
import { asBase64, asJson } from '../../../src/index.ts';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { drive, useClock } from '../fixtures/clock.ts';
import { status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const REFUSAL = { ok: false, status: '409', statusMessage: 'Rated already', hint: { again: 'später' } };
const refuse = (code: number) => () => HttpResponse.json(REFUSAL, { status: code });

describe('T4 an error answer that is itself JSON with ok: false', () => {
  test.each([
    [400, 'HTTP'],
    [401, 'UNAUTHORIZED'],
    [403, 'HTTP'],
    [409, 'HTTP'],
    [500, 'HTTP'],
    [503, 'HTTP'],
  ])('T4 with status %i reaches the widget as the reply, and is emitted as a failure', async (code, name) => {
    bank.answer(refuse(code));
    const wired = bridgeOverHttp();

    expect(await drive(wired.ask(WRITE))).toEqual(REFUSAL);

    expect(wired.outcomes).toEqual(['failure']);
    expect(wired.replies).toHaveLength(1);
    expect(wired.error).toMatchObject({ code: name, details: { status: code } });
  });

  test('T4 makes `send` reject', async () => {
    bank.answer(refuse(409));
    const { bridge, outcomes } = bridgeOverHttp();

    await expect(bridge.send('pserver', WRITE)).rejects.toMatchObject({
      code: 'HTTP',
      details: { status: 409 },
    });

    expect(outcomes).toEqual(['failure']);
  });

  test('T4 goes to onError where the call has callbacks', async () => {
    bank.answer(refuse(409));
    const { bridge, failures, replies } = bridgeOverHttp();
    const onSuccess = vi.fn();
    const onError = await drive(
      new Promise((resolve) => bridge.delegate.sendRequestToPServer(WRITE, onSuccess, resolve)),
    );

    expect(onError).toEqual(REFUSAL);
    expect(onSuccess).not.toHaveBeenCalled();
    expect(failures).toHaveLength(1);
    expect(replies).toEqual([]);
  });

  test('T4 goes to the one callback of an Open Banking call', async () => {
    bank.answer(refuse(409));
    const { bridge, failures } = bridgeOverHttp({ endpoints: { ob: 'https://bank.example/ob' } });

    const response = await drive(
      new Promise((resolve) => bridge.delegate.sendRequestToOBServer({ type: 'getAccounts' }, resolve)),
    );

    expect(response).toEqual(REFUSAL);
    expect(failures).toHaveLength(1);
  });

  test.each([
    ['asJson', asJson, JSON.stringify(REFUSAL)],
    ['asBase64', asBase64, btoa(JSON.stringify(REFUSAL).replace('ä', '\\u00e4'))],
  ])('T4 comes in the form that the widget wants: %s', async (_form, reply, text) => {
    bank.answer(refuse(409));

    expect(await bridgeOverHttp({}, { reply }).ask(WRITE)).toBe(text);
  });

  test.each([
    ['asJson', asJson, (text: string) => text],
    ['asBase64', asBase64, btoa],
  ])('T4 B11 is the text that the server wrote: %s', async (_form, reply, write) => {
    const text = '{"ok":false, "status":"409", "id":12345678901234567890}';
    bank.answer(() => new HttpResponse(text, { status: 409 }));

    expect(await bridgeOverHttp({}, { reply }).ask(WRITE)).toBe(write(text));
  });

  test.each([200, '200', ' 200 '])(
    'T4 is ignored where the widget would treat it as a success: status %j',
    async (code) => {
      bank.answer(() => HttpResponse.json({ ok: false, status: code }, { status: 500 }));
      const { ask, failures } = bridgeOverHttp();

      expect(await ask(WRITE)).toEqual(FAILED);
      expect(failures).toHaveLength(1);
    },
  );

  test("T4 is the server's word: failureReply is not asked", async () => {
    bank.answer(refuse(409));
    const failureReply = vi.fn(() => ({ ok: false, mine: true }));

    expect(await bridgeOverHttp({}, { failureReply }).ask(WRITE)).toEqual(REFUSAL);

    expect(failureReply).not.toHaveBeenCalled();
  });

  test('T4 is the last one, where there were repeats', async () => {
    bank.answerWith(status(503), refuse(503));
    const wired = bridgeOverHttp({ retry: { limit: 1 } });

    expect(await drive(wired.ask(READ))).toEqual(REFUSAL);
  });

  test('T4 is no reply of an earlier try, where the last one failed otherwise', async () => {
    bank.answerWith(refuse(503), status(502));
    const wired = bridgeOverHttp({ retry: { limit: 1 } });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(wired.error.details).toMatchObject({ status: 502 });
  });

  test('T4 that the widget is refused for good after a refresh is the second one', async () => {
    bank.answerWith(refuse(401), () => HttpResponse.json({ ok: false, second: true }, { status: 401 }));
    const wired = bridgeOverHttp({ authToken: ({ rejected }) => (rejected ? 'fresh' : 'stale') });

    expect(await wired.ask(WRITE)).toEqual({ ok: false, second: true });

    expect(wired.error.code).toBe('UNAUTHORIZED');
  });
});

describe('T4 an error answer that is something else', () => {
  test.each([
    ['nothing', null],
    ['a page of HTML', '<!doctype html><h1>Bad gateway</h1>'],
    ['JSON with ok: true', '{"ok":true}'],
    ['JSON without ok', '{"error":"no such thing"}'],
    ['JSON whose ok is a text', '{"ok":"false"}'],
    ['null', 'null'],
    ['false', 'false'],
    ['an array', '[{"ok":false}]'],
    ['half of it', '{"ok":false,"status":'],
  ])('T4 does not reach the widget: %s', async (_what, body) => {
    bank.answer(
      () => new HttpResponse(body, { status: 500, headers: { 'content-type': 'application/json' } }),
    );
    const wired = bridgeOverHttp();

    expect(await wired.ask(WRITE)).toEqual(FAILED);

    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 500 } });
  });
});

test('T4 ok: false with status 200 is an ordinary reply', async () => {
  bank.answer(refuse(200));
  const { bridge, ask, outcomes } = bridgeOverHttp();

  expect(await ask(WRITE)).toEqual(REFUSAL);
  expect(await bridge.send('pserver', WRITE)).toEqual(REFUSAL);

  expect(outcomes).toEqual(['reply', 'reply']);
});

test('S4 a reply with a polluting key reaches the widget and changes nothing', async () => {
  bank.answer(() => new HttpResponse('{"ok":false,"__proto__":{"polluted":true}}', { status: 500 }));

  const reply = await bridgeOverHttp().ask(WRITE);

  expect(Object.keys(reply as object)).toEqual(['ok', '__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
