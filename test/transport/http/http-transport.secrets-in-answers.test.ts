import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { WidgetBridge } from '../../../src/index.ts';
import { bridgeOverHttp } from '../fixtures/bridge-over-http.ts';
import { useClock } from '../fixtures/clock.ts';
import {
  ASKED_FOR,
  BODY,
  CONFIGURED,
  expectNoSecret,
  failuresOf,
  leaksOf,
  TOKEN,
  watchLog,
} from '../fixtures/secrets.ts';
import { broken, brokenOff, silence, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();
watchLog();

/** An answer that repeats everything it was sent, as debugging proxies do. */
const echo = (code: number, contentType: string, wrap: (text: string) => string) => () => {
  const text = wrap(`${TOKEN} ${CONFIGURED} ${BODY.account} ${ASKED_FOR['x-widget']}`);
  return new HttpResponse(text, { status: code, headers: { 'content-type': contentType, 'x-echo': TOKEN } });
};
const html = (text: string): string => `<!doctype html><p>${text}</p>`;
const errorReply = (text: string): string =>
  JSON.stringify({ ok: false, status: '500', statusMessage: text });

test.each([
  ['NETWORK', broken],
  ['NETWORK', brokenOff],
  ['HTTP', echo(500, 'text/html', html)],
  ['HTTP', echo(500, 'application/json', errorReply)],
  ['HTTP', echo(503, 'text/html', html)],
  ['HTTP', status(302, { location: `https://evil.example/${TOKEN}` })],
  ['UNAUTHORIZED', echo(401, 'text/html', html)],
  ['UNAUTHORIZED', echo(401, 'application/json', errorReply)],
  ['INVALID_RESPONSE', echo(200, 'text/html', html)],
  ['INVALID_RESPONSE', echo(200, 'application/json', (text) => `{"text":"${text}"`)],
  ['TIMEOUT', () => new Promise<never>(() => {})],
])('T4 %s, case %#', async (code, answer) => {
  bank.answer(answer);

  const failures = await failuresOf({});

  expect(failures.map(({ error }) => error.code)).toEqual([code, code, code]);
  expectNoSecret(failures);
});

test.each([
  ['ABORTED', (bridge: WidgetBridge) => bridge.attach({ handlePServerResponse() {} }, {})],
  ['DISPOSED', (bridge: WidgetBridge) => bridge.dispose()],
])('T4 %s', async (code, act) => {
  bank.answer(silence);

  const failures = await failuresOf({}, act);

  expect(failures.map(({ error }) => error.code)).toContain(code);
  expectNoSecret(failures);
});

test('T4 a reply that does not fit its schema', async () => {
  bank.answer(() => HttpResponse.json({ account: 'hush-reply' }));
  const { bridge } = bridgeOverHttp();
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: () => ({ issues: [{ message: 'hush-reply is no number', path: ['account'] }] }),
    },
  };

  const error = await bridge.send<never>('pserver', BODY, { schema }).catch((error) => error);

  expect(error).toMatchObject({ code: 'INVALID_RESPONSE' });
  expectNoSecret([{ error }]);
});

test('T4 what a test here looks for would be found', () => {
  const hidden = Object.defineProperty(new Error('failed'), 'token', { value: TOKEN });
  const caused = new Error('failed', { cause: new Error('because', { cause: `of ${TOKEN}` }) });

  for (const error of [
    hidden,
    caused,
    new Error(TOKEN),
    Object.assign(new Error(), { deep: { er: TOKEN } }),
  ]) {
    expect(leaksOf(error)).toEqual([TOKEN]);
  }
});
