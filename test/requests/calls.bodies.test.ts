import { expect, it } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { SENDERS } from '../bridge/fixtures/senders.ts';

const { setUp } = bridgeTests();

const TEXTS = [
  '{"type":"getInsights"}',
  ' {"b" : 1.0,\r\n"a":1e2 , "a":2}\n',
  '{"name":"Zoë – Łukasz \\u00e9 \u2028 \ud83d\ude80"}',
  '{"lone":"\ud800"}',
  '{"big":12345678901234567890}',
  '[1,2]',
  '{"nul":"\\u0000"}',
];

it.each(SENDERS)('B5 %s: a body of text travels byte for byte', (sender) => {
  const { delegate, transport } = setUp();
  for (const text of TEXTS) {
    delegate[sender](text, `b ${text.length}`);
    expect(transport.last.request.body).toBe(text);
    delegate[sender](`c ${text.length}`, text);
    expect(transport.last.request.body).toBe(text);
    delegate[sender](
      text,
      () => undefined,
      () => undefined,
    );
    expect(transport.last.request.body).toBe(text);
    delegate[sender](null, text, `a ${text.length}`);
    expect(transport.last.request.body).toBe(text);
    delegate.handlePersoEvent({ requestString: sender, requestId: text.length, json: { requestData: text } });
    expect(transport.last.request.body).toBe(text);
  }
  expect(transport.sent).toHaveLength(TEXTS.length * 5);
});

it('B5 a body of a million characters too', () => {
  const { delegate, transport } = setUp();
  const text = JSON.stringify({ type: 'getInsights', hints: 'x'.repeat(1_000_000) });
  delegate.sendRequestToPServer(text, 'r1');

  expect(transport.last.request.body).toBe(text);
});

it('B5 an object is the very one that the widget gave, as it gave it', () => {
  const { delegate, transport } = setUp();
  const body = Object.freeze({
    type: 'getInsights',
    nested: Object.freeze({ list: Object.freeze([1, null]) }),
  });
  delegate.sendRequestToPServer(body, 'r1');
  delegate.sendRequestToOBServer(body, () => undefined);

  for (const { request } of transport.sent) expect(request.body).toBe(body);
});

it('B5 the page’s own commands travel unchanged as well', async () => {
  const { bridge, transport } = setUp();
  const body = { type: 'getNumberOfInsights' };
  for (const command of [body, ...TEXTS]) {
    const reply = bridge.send('pserver', command);
    expect(transport.last.request.body).toBe(command);
    transport.last.answer({});
    await reply;
  }
});
