import { describe, expect, test } from 'vitest';
import type { Transport } from '../../../src/index.ts';
import { quiet, until } from '../fixtures/clock.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { portTests, requestMessage } from '../fixtures/port-tests.ts';

const { client, host, ask } = portTests();

const request = { ...requestMessage, body: '{"type":"transferMoney"}' };

/** A host, and the bare port of a hostile client. */
function hostile(transport: Transport = new HostTransport()) {
  const { port1, port2 } = new MessageChannel();
  const heard: { failure?: number; error?: object }[] = [];
  port1.onmessage = ({ data }) => heard.push(...(Array.isArray(data) ? data : [data]));
  const stop = host({ transport, port: port2 });
  return {
    heard,
    say: (...messages: unknown[]) => port1.postMessage(messages),
    end() {
      stop();
      port1.close();
    },
  };
}

/** What arrives at the host's transport of some messages. */
async function carried(...messages: object[]) {
  const transport = new HostTransport();
  const { say, end } = hostile(transport);
  say(...messages);
  await quiet();
  end();
  return transport.requests;
}

describe('S3 the host judges what it sends', () => {
  test.each<[string, object, string | undefined]>([
    ['another type beside the body', { type: 'getInsights' }, 'transferMoney'],
    ['a type that is no text', { body: '{"type":["getInsights"]}', type: 'getInsights' }, undefined],
    ['a body without a type', { body: '{"other":1}', type: 'getInsights' }, undefined],
    ['a type of the prototype’s', { body: '{"__proto__":{"type":"x"}}', type: 'getInsights' }, undefined],
    ['a list', { body: '[{"type":"getInsights"}]' }, undefined],
    ['a body that is null', { body: 'null' }, undefined],
    [
      'a body that is text',
      { body: '"{\\"type\\":\\"transferMoney\\"}"', type: 'getInsights' },
      'transferMoney',
    ],
    ['a text that is no JSON', { body: '"type=getInsights"', type: 'getInsights' }, undefined],
    ['a text of a text', { body: JSON.stringify(JSON.stringify('{"type":"x"}')) }, undefined],
    ['an escaped name', { body: '{"t\\u0079pe":"transferMoney"}', type: 'getInsights' }, 'transferMoney'],
  ])('S3 the type is the body’s: %s', async (_what, message, type) => {
    const [arrived] = await carried({ ...request, ...message });

    expect(arrived).toMatchObject({ requestId: 'r1' });
    expect(arrived?.type).toBe(type);
  });

  test('S3 a transport there that allows some types lets no other through', async () => {
    const inner = new HostTransport();
    const { say, heard, end } = hostile({
      send(asked, context) {
        if (asked.type !== 'getInsights') throw new RangeError('Not allowed');
        return inner.send(asked, context);
      },
    });
    say({ ...request, type: 'getInsights' }, { ...request, request: 2, body: '{"type":"getInsights"}' });
    await until(() => heard.length > 0);

    expect(inner.requests).toMatchObject([{ body: { type: 'getInsights' } }]);
    expect(heard).toMatchObject([{ failure: 1, error: { name: 'RangeError' } }]);
    end();
  });

  test('S3 of a body that names its type twice, the one that is judged is the one that is sent', async () => {
    const [arrived] = await carried({ ...request, body: '{"type":"getInsights","type":"transferMoney"}' });

    expect(arrived?.type).toBe('transferMoney');
    expect(JSON.stringify(arrived?.body)).toBe('{"type":"transferMoney"}');
  });

  test.each([
    '{"type":"transferMoney","type":"getInsights"}',
    '{"type":"transferMoney","t\\u0079pe":"getInsights"}',
    '{"Type":"transferMoney","type":"getInsights"}',
    ' { "a\\"}":[{"x":1}], "type":"transferMoney" , "b":{"type":":"}, "type" : "getInsights" }',
  ])('S3 what servers could read as another command has no type: %s', async (text) => {
    const [arrived] = await carried({ ...request, body: JSON.stringify(text) });

    expect(arrived?.body).toBe(text);
    expect(arrived?.type).toBeUndefined();
  });

  test('S3 nor has an object with the name in other letters', async () => {
    const [arrived] = await carried({ ...request, body: '{"type":"getInsights","TYPE":"transferMoney"}' });

    expect(arrived).toMatchObject({ requestId: 'r1' });
    expect(arrived?.type).toBeUndefined();
  });

  test('B5 a string with all sorts of names in it is sent unchanged, with its type', async () => {
    const text = '{"type":"x","list":[{"a":1},{"a":2}],"text":"\\"a\\":\\\\","a:":{"a":1}}';
    const [arrived] = await carried({ ...request, body: JSON.stringify(text) });

    expect(arrived).toMatchObject({ type: 'x', body: text });
  });

  test('S3 a body with another type in its JSON has the type in the JSON', async () => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const body = { type: 'getInsights', toJSON: () => ({ type: 'transferMoney' }) };
    void ask(client({ port: port1 }), { request: { type: 'getInsights', body } });
    await until(() => transport.requests.length === 1);

    expect(transport.requests).toMatchObject([{ type: 'transferMoney', body: { type: 'transferMoney' } }]);
  });
});

describe('S4 a message that was handled is not handled again', () => {
  test.each<[string, (transport: HostTransport) => void]>([
    ['is answered', (transport) => transport.last.answer({ ok: true })],
    ['has failed', (transport) => transport.last.fail(new Error('x'))],
    ['is pending', () => {}],
  ])('S4 once the first %s', async (_when, end) => {
    const transport = new HostTransport();
    const side = hostile(transport);
    side.say(request);
    await until(() => transport.arrivals.length === 1);
    end(transport);
    await quiet();
    const before = side.heard.length;
    side.say(request, request);
    await quiet();

    expect(transport.arrivals).toHaveLength(1);
    expect(side.heard).toHaveLength(before);
    side.end();
  });

  test('S4 once it was aborted', async () => {
    const transport = new HostTransport();
    const { say, end } = hostile(transport);
    say(request, { bankside: 1, abort: 1 }, request);
    await quiet();

    expect(transport.arrivals).toHaveLength(1);
    expect(transport.arrivals[0]?.gone).toBe(true);
    end();
  });

  test('S4 nor one that was handled before the last', async () => {
    const later = { ...request, request: 7, requestId: 'r7' };

    expect(await carried(later, request, { ...request, request: 6 })).toMatchObject([{ requestId: 'r7' }]);
  });

  test('S4 ids of requests that were aborted before they were sent are missing, which changes nothing', async () => {
    const ids = [2, 3, 9, 10];
    const messages = ids.map((id) => ({ ...request, request: id, requestId: id }));

    expect((await carried(...messages)).map(({ requestId }) => requestId)).toEqual(ids);
  });
});

describe('S4 what a message says of itself', () => {
  test.each<[string, object]>([
    ['an id that is no whole number', { request: 1.5 }],
    ['an id that is no number', { request: Number.NaN }],
    ['an id without end', { request: Infinity }],
    ['an id that none comes after', { request: 2 ** 53 }],
    ['an id before the first', { request: 0 }],
    ['a requestId that is no number', { requestId: Number.NaN }],
    ['a time that is no number', { timeLeft: Number.NaN }],
    ['a time that is over', { timeLeft: 0 }],
    ['a time before now', { timeLeft: -1 }],
    ['a list of headers', { headers: ['a'] }],
    ['a Map of headers', { headers: new Map([['authorization', 'x']]) }],
    ['a text of headers', { headers: Object('ab') }],
    ['a Date of headers', { headers: new Date(0) }],
    ['bytes as headers', { headers: new Uint8Array(0) }],
  ])('S4 with %s, it is ignored', async (_what, message) => {
    const fine = { ...request, request: 2, requestId: 'fine' };

    expect(await carried({ ...request, ...message }, fine)).toMatchObject([{ requestId: 'fine' }]);
  });

  test.each<[string, object, string]>([
    [
      'a requestId of 257 characters',
      { requestId: 'x'.repeat(257) },
      'a requestId of at most 256 characters',
    ],
    [
      '101 headers',
      { headers: Object.fromEntries(Array.from({ length: 101 }, (_, number) => [`x-${number}`, 'a'])) },
      'at most 100 headers',
    ],
  ])('B8 %s fails, and is not sent', async (_what, message, expected) => {
    const transport = new HostTransport();
    const { say, heard, end } = hostile(transport);
    say({ ...request, ...message });
    await until(() => heard.length > 0);

    expect(transport.arrivals).toEqual([]);
    expect(heard).toMatchObject([{ failure: 1, error: { code: 'INVALID_CALL', details: { expected } } }]);
    expect(JSON.stringify(heard).length).toBeLessThan(500);
    end();
  });

  test('B8 a requestId of 256 characters and 100 headers are carried', async () => {
    const headers = Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`x-${number}`, 'a']));

    const [arrived] = await carried({ ...request, requestId: 'x'.repeat(256), headers });

    expect(arrived?.headers).toEqual(headers);
  });

  test('T1 headers that could be read as two, or as another, are dropped', async () => {
    const headers = {
      'x-trace': '7',
      'x-two': 'a\r\nauthorization: b',
      'authorization ': 'x',
      'x-\u0430': 'a Cyrillic letter',
      '': 'x',
    };

    expect((await carried({ ...request, headers }))[0]?.headers).toEqual({ 'x-trace': '7' });
  });

  test('S4 keys that pollute change nothing', async () => {
    const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const headers = JSON.parse('{"__proto__":"polluted","x-trace":"7"}');

    const [arrived] = await carried({ ...request, headers, body: polluting });

    expect(JSON.stringify(arrived?.body)).toBe(polluting);
    expect(arrived?.headers['x-trace']).toBe('7');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([
    ['is over', -5],
    ['is missing', Number.NaN],
  ])('B6 a deadline that %s reaches the host as well', async (_what, left) => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const asking = ask(client({ port: port1 }), { deadline: performance.now() + left });
    await until(() => transport.arrivals.length === 1);
    transport.last.answer({ ok: true });

    expect(await asking).toBe('{"ok":true}');
  });
});
