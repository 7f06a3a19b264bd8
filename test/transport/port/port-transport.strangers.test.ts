import { describe, expect, test } from 'vitest';
import { drive, quiet, until } from '../fixtures/clock.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { portTests, requestMessage } from '../fixtures/port-tests.ts';
import { twoWindows } from '../fixtures/two-windows.ts';

const { client, host, ask } = portTests();

const knock = { bankside: 1, knock: true };
const request = requestMessage;

/** Everything that comes out of a port. */
function listen(port: MessagePort): unknown[] {
  const heard: unknown[] = [];
  port.onmessage = ({ data }) => heard.push(data);
  return heard;
}

describe('S3 the host accepts one window of one origin', () => {
  test.each<[string, (windows: ReturnType<typeof twoWindows>) => { source: unknown; origin: string }]>([
    ['another window of that origin', ({ frame }) => ({ source: {}, origin: frame.origin })],
    [
      'that window, when it shows another origin',
      ({ frame }) => ({ source: frame.proxy, origin: 'https://evil.example' }),
    ],
    ['that window, when it is sandboxed', ({ frame }) => ({ source: frame.proxy, origin: 'null' })],
    [
      'an origin that begins alike',
      ({ frame }) => ({ source: frame.proxy, origin: `${frame.origin}.evil.example` }),
    ],
    ['a window that is gone', ({ frame }) => ({ source: null, origin: frame.origin })],
  ])('S3 not %s', async (_what, from) => {
    const windows = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: windows.frame.proxy, origin: windows.frame.origin });
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port1);

    windows.post(from(windows), knock, [port2]);
    port1.postMessage(request);
    await quiet();

    expect(heard).toEqual([]);
    expect(transport.arrivals).toEqual([]);
    port1.close();
  });

  test('S3 nor nobody, when its function has no window yet', async () => {
    const { frame, post } = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: () => null, origin: frame.origin });
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port1);

    post({ source: null, origin: frame.origin }, knock, [port2]);
    await quiet();

    expect(heard).toEqual([]);
    port1.close();
  });

  test('S3 a function that throws has no window', async () => {
    const { frame, post } = twoWindows();
    const source = () => {
      throw new Error('x');
    };
    host({ transport: new HostTransport(), source, origin: frame.origin });
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port1);

    post({ source: frame.proxy, origin: frame.origin }, knock, [port2]);
    await quiet();

    expect(heard).toEqual([]);
    port1.close();
  });

  test.each<[string, unknown, boolean]>([
    ['no port', knock, false],
    ['another message with a port', { hello: 1 }, true],
    ['no message', null, true],
    ['a string', 'knock', true],
    ['no version', { knock: true }, true],
  ])('S3 the host ignores what is not a knock: %s', async (_what, data, withPort) => {
    const { frame, post } = twoWindows();
    host({ transport: new HostTransport(), source: frame.proxy, origin: frame.origin });
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port1);

    post({ source: frame.proxy, origin: frame.origin }, data, withPort ? [port2] : []);
    await quiet();

    expect(heard).toEqual([]);
    port1.close();
  });

  test('S3 a port is served once, though two of them listen to that window', async () => {
    const { bank, frame } = twoWindows();
    const [one, other] = [new HostTransport(), new HostTransport()];
    host({ transport: one, source: frame.proxy, origin: frame.origin });
    host({ transport: other, source: frame.proxy, origin: frame.origin });
    const transport = client({ target: bank.proxy, origin: bank.origin });
    const asking = ask(transport);
    await until(() => one.arrivals.length + other.arrivals.length > 0);
    await quiet();

    expect(one.arrivals.length + other.arrivals.length).toBe(1);
    [...one.arrivals, ...other.arrivals][0]?.answer({ ok: true });
    expect(await asking).toBe('{"ok":true}');
  });
});

describe('S3 the client accepts only its target', () => {
  test.each<[string, (windows: ReturnType<typeof twoWindows>) => { source: unknown; origin: string }]>([
    ['another window', ({ bank }) => ({ source: {}, origin: bank.origin })],
    ['another origin', ({ bank }) => ({ source: bank.proxy, origin: 'https://evil.example' })],
  ])('S3 %s that says it is ready is not knocked at, and ends nothing', async (_what, from) => {
    const windows = twoWindows();
    const { bank, frame, post } = windows;
    const transport = new HostTransport();
    host({ transport, source: frame.proxy, origin: frame.origin });
    const asking = ask(client({ target: bank.proxy, origin: bank.origin }));
    await until(() => transport.arrivals.length === 1);

    post(from(windows), { bankside: 1, ready: 'another' });
    await quiet();
    transport.arrivals[0]?.answer({ ok: true });

    expect(await asking).toBe('{"ok":true}');
  });

  test('S3 its knock goes only to that origin', async () => {
    const { bank, frame } = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: frame.proxy, origin: frame.origin });
    const asking = ask(client({ target: bank.proxy, origin: 'https://other.example' }));

    const error = await drive(asking.catch((error: unknown) => error));

    expect(error).toMatchObject({
      code: 'NO_CHANNEL',
      message: expect.stringContaining('https://other.example'),
      details: { elapsed: 10_000 },
    });
    expect(transport.arrivals).toEqual([]);
  });
});

describe('S4 messages that are not written as ours', () => {
  const { bankside, ...unversioned } = request;

  test.each<[string, unknown]>([
    ['null', null],
    ['a string', 'request'],
    ['an empty array', []],
    ['nested arrays', [[request]]],
    ['no version', unversioned],
    ['a version that is no number', { ...request, bankside: '1' }],
    ['an id that is no number', { ...request, request: '1' }],
    ['a requestId of another type', { ...request, requestId: {} }],
    ['an unknown server', { ...request, server: '__proto__' }],
    ['headers that are none', { ...request, headers: null }],
    ['headers that are no texts', { ...request, headers: { 'x-trace': 7 } }],
    ['a body that is no text', { ...request, body: {} }],
    ['a body that is no JSON', { ...request, body: '{' }],
    ['no time', { ...request, timeLeft: undefined }],
    ['an answer', { bankside, reply: 1, response: '{}' }],
    ['a notice without a name', { bankside, notice: 7 }],
    ['a notice of another form', { bankside, notice: 'x', data: {} }],
  ])('S4 the host ignores %s, and handles what comes with it', async (_what, message) => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const heard = listen(port1);

    port1.postMessage(message);
    port1.postMessage([message, { ...request, request: 2, requestId: 'fine' }]);
    await until(() => transport.arrivals.length === 1);
    await quiet();

    expect(transport.requests).toMatchObject([{ requestId: 'fine' }]);
    expect(transport.notices).toEqual([]);
    expect(heard).toEqual([]);
    port1.close();
  });

  test('S4 the host sends a request once, however often it comes', async () => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const heard = listen(port1);

    port1.postMessage([request, request]);
    port1.postMessage(request);
    await until(() => transport.arrivals.length > 0);
    await quiet();
    transport.arrivals[0]?.answer({ ok: true });
    await until(() => heard.length > 0);
    await quiet();

    expect(transport.arrivals).toHaveLength(1);
    expect(heard).toEqual([{ bankside: 1, reply: 1, response: '{"ok":true}' }]);
    port1.close();
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['an answer to nobody', { bankside: 1, reply: 99, response: '{}' }],
    ['an answer that is no text', { bankside: 1, reply: 1, response: { ok: true } }],
    ['an answer without a version', { reply: 1, response: '{}' }],
    ['an id that is no number', { bankside: 1, reply: '1', response: '{}' }],
    ['a failure of nobody', { bankside: 1, failure: 99 }],
    ['a welcome', { bankside: 1, welcome: 'x' }],
  ])('S4 the client ignores %s', async (_what, message) => {
    const { port1, port2 } = new MessageChannel();
    const asking = ask(client({ port: port1 }));

    port2.postMessage(message);
    port2.postMessage([message, { bankside: 1, reply: 1, response: '{"fine":true}' }]);

    expect(await asking).toBe('{"fine":true}');
    port2.close();
  });
});

describe('another version of the protocol', () => {
  test('the client fails its requests, and says which version', async () => {
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port2);
    const transport = client({ port: port1 });
    const asking = ask(transport);
    await until(() => heard.length === 1);
    port2.postMessage({ bankside: 2, bye: true });

    const error = { code: 'NO_CHANNEL', message: expect.stringMatching(/version 2 .* this side 1/) };
    await expect(asking).rejects.toMatchObject(error);
    await expect(ask(transport)).rejects.toMatchObject(error);
    await until(() => heard.length === 2);
    expect(heard[1]).toEqual({ bankside: 1, bye: true });
    port2.close();
  });

  test('the host says its own, and is gone', async () => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const heard = listen(port1);
    port1.postMessage({ ...request, bankside: 2 });
    port1.postMessage(request);
    await until(() => heard.length === 1);
    await quiet();

    expect(heard).toEqual([{ bankside: 1, bye: true }]);
    expect(transport.arrivals).toEqual([]);
    port1.close();
  });

  test('the host says its own when it is knocked at', async () => {
    const { frame, post } = twoWindows();
    host({ transport: new HostTransport(), source: frame.proxy, origin: frame.origin });
    const { port1, port2 } = new MessageChannel();
    const heard = listen(port1);
    post({ source: frame.proxy, origin: frame.origin }, { bankside: 2, knock: true }, [port2]);
    await until(() => heard.length === 1);

    expect(heard).toEqual([{ bankside: 1, bye: true }]);
    port1.close();
  });

  test('the client knocks at one that says it is ready, and does not wait for its time to be over', async () => {
    const { bank, post } = twoWindows();
    const ports: MessagePort[] = [];
    const target = {
      postMessage: (...[, , [port]]: [unknown, string, MessagePort[]]) => port && ports.push(port),
    };
    const asking = ask(client({ target: target as unknown as Window, origin: bank.origin }));

    post({ source: target, origin: bank.origin }, { bankside: 2, ready: 'x' });
    ports.at(-1)?.postMessage({ bankside: 2, bye: true });

    expect(ports).toHaveLength(2);
    await expect(asking).rejects.toMatchObject({
      code: 'NO_CHANNEL',
      message: expect.stringContaining('version 2'),
      details: { elapsed: 0 },
    });
  });
});
