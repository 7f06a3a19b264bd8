import { expect, test } from 'vitest';
import { scriptAnswers } from './answer-script.ts';
import { READ, WRITE, wire } from './wire.ts';

test('T4 an error answer that is a reply reaches the widget', async () => {
  const refusal = { ok: false, status: '409', statusMessage: 'Rated already' };
  const { ask } = wire(await scriptAnswers({ status: 409, body: JSON.stringify(refusal) }));

  expect(await ask(WRITE)).toEqual(refusal);
});

test('T4 a server that is not there', async () => {
  const { bridge } = wire(await scriptAnswers(), { endpoints: { pserver: 'http://127.0.0.1:9/' } });

  await expect(bridge.send('pserver', WRITE)).rejects.toMatchObject({ code: 'NETWORK' });
});

test.each([
  ['a line break', 'a\r\nb'],
  ['a letter beyond Latin-1', '✓'],
])('T1 a header of the widget that the engine refuses is left out: %s', async (_what, value) => {
  const script = await scriptAnswers();
  const { ask } = wire(script, { widgetHeaders: ['x-trace', 'x-other'] });

  await ask(READ, { 'x-trace': value, 'x-other': '7' });

  const [{ headers } = { headers: {} }] = await script.arrivals();
  expect(headers).toMatchObject({ 'x-other': '7' });
  expect(headers).not.toHaveProperty('x-trace');
});

test('T4 no engine quotes a secret in an error', async () => {
  const secret = 'hush';
  const script = await scriptAnswers({ status: 500, body: secret });
  const broken = await scriptAnswers({ end: 'half', body: secret, headers: { 'content-length': '1000' } });
  const wirings = [
    wire(script, { authToken: secret }),
    wire(broken, { authToken: secret, headers: { 'x-csrf': secret } }),
    wire(script, { authToken: () => `${secret}\n` }),
    wire(script, { headers: () => new Headers({ 'x-csrf': `${secret}\n✓` }) }),
    wire(script, { headers: () => ({ 'x-csrf': `${secret}\n✓` }) }),
  ];

  for (const { bridge } of wirings) {
    const error = await bridge
      .send<never>('pserver', { type: 'rateInsight', secret })
      .catch((error) => error);
    expect(error).toMatchObject({ code: expect.any(String) });
    for (let each = error; each instanceof Error; each = each.cause) {
      expect(`${each} ${each.stack} ${JSON.stringify(each)}`).not.toContain(secret);
    }
  }
});
