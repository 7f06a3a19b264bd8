import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { Transport, TransportContext, WidgetRequest } from '../../../src/index.ts';
import { WidgetBridge } from '../../../src/index.ts';
import { RecordingWidget } from '../../bridge/fixtures/recording-widget.ts';
import { quiet, until } from '../fixtures/clock.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { portTests } from '../fixtures/port-tests.ts';

const { client, host, ask } = portTests();

function channel<T extends Transport>(transport: T, bounds: { timeout?: false } = {}) {
  const { port1, port2 } = new MessageChannel();
  const stop = host({ transport, port: port2, ...bounds });
  return { transport, client: client({ port: port1 }), stop, ports: [port1, port2] as const };
}

describe('B9 the host goes', () => {
  test('B9 when it stops, what is pending fails there and is aborted here', async () => {
    const { transport, client, stop } = channel(new HostTransport());
    const asking = ask(client);
    await until(() => transport.arrivals.length === 1);
    stop();
    stop();

    expect(transport.last.context.signal.reason).toMatchObject({ code: 'DISPOSED' });
    await expect(asking).rejects.toMatchObject({
      code: 'NO_CHANNEL',
      details: { requestId: 'r1', server: 'pserver' },
    });
    await expect(ask(client)).rejects.toMatchObject({ code: 'NO_CHANNEL' });
  });

  test('B9 when it is gone without a `bye`, where the engine reports it', async () => {
    const { port1, port2 } = new MessageChannel();
    const asking = ask(client({ port: port1 }));
    await quiet();
    port2.close();

    await expect(asking).rejects.toMatchObject({ code: 'NO_CHANNEL' });
  });

  test('B9 nothing is carried any more, though it had come before', async () => {
    let stop = (): void => {};
    const transport = new HostTransport();
    const send = transport.send.bind(transport);
    transport.send = (...args) => {
      stop();
      return send(...args);
    };
    const { port1, port2 } = new MessageChannel();
    stop = host({ transport, port: port2 });
    const { send: _send, ...more } = client({ port: port1 });
    const both = { ...more, send: _send };
    const asking = [ask(both), ask(both)];

    await expect(asking[0]).rejects.toMatchObject({ code: 'NO_CHANNEL' });
    await expect(asking[1]).rejects.toMatchObject({ code: 'NO_CHANNEL' });
    expect(transport.arrivals).toHaveLength(1);
  });
});

describe('B9 the client goes', () => {
  test.each<[string, (sides: ReturnType<typeof channel<HostTransport>>) => void]>([
    ['disposed', ({ client }) => client.dispose()],
    ['gone without a word', ({ ports }) => ports[0].close()],
  ])('B9 when it is %s, all of its requests are aborted', async (_what, leave) => {
    const sides = channel(new HostTransport());
    const { transport } = sides;
    const asking = [ask(sides.client), ask(sides.client)];
    await until(() => transport.arrivals.length === 2);
    leave(sides);
    await until(() => transport.arrivals.every(({ gone }) => gone));

    expect(transport.last.context.signal.reason).toMatchObject({ code: 'NO_CHANNEL' });
    // Node emits `close` at both ends of a closed port.
    await expect(asking[0]).rejects.toMatchObject({ code: expect.stringMatching(/^(DISPOSED|NO_CHANNEL)$/) });
  });

  test('B9 its signal disposes it', async () => {
    const page = new AbortController();
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    host({ transport, port: port2 });
    const asking = ask(client({ port: port1, signal: page.signal }));
    await until(() => transport.arrivals.length === 1);
    page.abort('logged out');

    await expect(asking).rejects.toMatchObject({ code: 'DISPOSED', cause: 'logged out' });
    await until(() => transport.arrivals[0]?.gone === true);
    expect(getEventListeners(page.signal, 'abort')).toEqual([]);
  });

  test('B9 a signal that has aborted before', async () => {
    const { port1 } = new MessageChannel();
    const transport = client({ port: port1, signal: AbortSignal.abort('logged out') });

    await expect(ask(transport)).rejects.toMatchObject({ code: 'DISPOSED', cause: 'logged out' });
    expect(() => transport.notify?.('sessionEnded', {})).not.toThrow();
  });

  test.each(['dispose', 'a block that ends'])('B9 %s', async (way) => {
    const { client } = channel(new HostTransport());
    if (way === 'dispose') client.dispose();
    else client[Symbol.dispose]();

    await expect(ask(client)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});

describe('B9 nothing is left', () => {
  /** Looks at its signal, as a transport over a network does. */
  class Looking extends HostTransport {
    readonly signals: AbortSignal[] = [];
    override send(request: WidgetRequest, context: TransportContext): Promise<unknown> {
      this.signals.push(context.signal);
      return super.send(request, context);
    }
  }

  test.each<[string, (transport: HostTransport, leaver: AbortController) => void]>([
    ['an answer', ({ last }) => last.answer({})],
    ['a failure', ({ last }) => last.fail(new Error('x'))],
    ['an answer that is none', ({ last }) => last.answer(7)],
    ['an abort', (_, leaver) => leaver.abort()],
  ])('B9 after %s, of timers and listeners', async (_way, leave) => {
    const { transport, client } = channel(new Looking());
    const leaver = new AbortController();
    const asking = ask(client, { signal: leaver.signal, deadline: performance.now() + 5_000 });
    await until(() => transport.arrivals.length === 1);
    expect(vi.getTimerCount()).toBe(1);
    leave(transport, leaver);
    await asking.catch(() => {});
    await until(() => vi.getTimerCount() === 0);

    expect(getEventListeners(leaver.signal, 'abort')).toEqual([]);
  });

  test('B9 a signal that is looked at too late has no timer', async () => {
    let context = undefined as TransportContext | undefined;
    const { client } = channel({
      send(_request: WidgetRequest, given: TransportContext) {
        context = given;
        return '{}';
      },
    });
    await ask(client, { deadline: performance.now() + 5_000 });

    expect(context?.signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('B6 the deadline goes with a request', () => {
  test('B6 as what is left of it, on the host’s clock', async () => {
    const { transport, client } = channel(new HostTransport());
    void ask(client, { deadline: performance.now() + 5_000 });
    void ask(client);
    await until(() => transport.arrivals.length === 2);

    expect(transport.sent[0]?.context.deadline).toBe(performance.now() + 5_000);
    // Without one, it has what the host gives any request.
    expect(transport.sent[1]?.context.deadline).toBe(performance.now() + 600_000);
  });

  test('B6 a client that is gone without a `bye` does not keep a request for ever', async () => {
    const { transport, client } = channel(new HostTransport());
    const asking = ask(client, { deadline: performance.now() + 5_000 });
    let isOver = false;
    asking
      .finally(() => {
        isOver = true;
      })
      .catch(() => {});
    await until(() => transport.arrivals.length === 1);
    const { signal } = transport.last.context;
    // B15: two pages that were frozen together first handle the replies that came meanwhile.
    vi.advanceTimersByTime(6_999);
    await quiet();
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    await quiet();

    expect(signal.reason).toMatchObject({
      code: 'TIMEOUT',
      details: { timeout: 5_000 },
    });
    // One that is there has ended it itself, and knows better how long it took.
    expect(isOver).toBe(false);
  });

  test('B6 a time beyond all timers does not end at once', async () => {
    const { transport, client } = channel(new HostTransport(), { timeout: false });
    void ask(client, { deadline: performance.now() + 2 ** 40 });
    await until(() => transport.arrivals.length === 1);
    vi.advanceTimersByTime(2 ** 31);
    await quiet();

    expect(transport.arrivals[0]?.gone).toBe(false);
  });
});

describe('B2 a reply that comes another way', () => {
  test('B2 through the entry point of this side, and the host learns when it has come', async () => {
    const contexts: TransportContext[] = [];
    const { client } = channel({
      send(_request: WidgetRequest, context: TransportContext) {
        contexts.push({ ...context });
        return undefined;
      },
    });
    const bridge = new WidgetBridge({ transport: client });
    const widget = new RecordingWidget();
    bridge.attach(widget, {});
    bridge.delegate.sendRequestToPServer({ type: 'x' }, 'r1');
    await until(() => contexts.length === 1);
    await quiet();
    expect(contexts[0]?.signal.aborted).toBe(false);
    expect(bridge.handlePServerResponse({ pushed: true }, 'r1')).toBe(true);
    await until(() => contexts[0]?.signal.aborted === true);

    expect(widget.replies).toEqual([[{ pushed: true }, 'r1']]);
    bridge.dispose();
  });

  test('B2 through a function of the host page, over a transport with receive', async () => {
    const waiting = new Map<string, (response: unknown) => void>();
    const shell = {
      send: () => new Promise((resolve) => waiting.set(`wire-${waiting.size}`, resolve)),
      receive(response: unknown, wireId: string | number) {
        waiting.get(`${wireId}`)?.(response);
        return waiting.delete(`${wireId}`);
      },
    };
    const { client } = channel(shell);
    const asking = ask(client);
    await until(() => waiting.size === 1);

    expect(shell.receive('eyJvayI6dHJ1ZX0=', 'wire-0')).toBe(true);
    expect(await asking).toBe('eyJvayI6dHJ1ZX0=');
  });
});

describe('B11 the forms of a reply', () => {
  test.each<[string, unknown, unknown]>([
    ['text', ' {"ok":true} ', ' {"ok":true} '],
    ['an empty text', '', ''],
    ['null', null, 'null'],
    ['an object with toJSON', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['an object with a function', { ok: true, later() {} }, '{"ok":true}'],
  ])('B11 %s', async (_form, response, received) => {
    const { client } = channel({ send: () => response });

    expect(await ask(client)).toBe(received);
  });

  test.each<[string, unknown]>([
    ['a Response, whose body nobody has read', new Response('{}')],
    ['a number', 7],
    ['true', true],
    ['a function', () => {}],
    [
      'a circle',
      (() => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      })(),
    ],
    ['a BigInt in an object', { big: 1n }],
  ])('B11 %s is not a reply', async (_form, response) => {
    const { client } = channel({ send: () => response });

    await expect(ask(client)).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      details: { requestId: 'r1', expected: 'an object or a string', received: expect.any(String) },
    });
  });

  test.each<[string, unknown]>([
    [
      'a circle',
      (() => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      })(),
    ],
    ['a BigInt', { big: 1n }],
    ['nothing', undefined],
    ['toJSON that gives nothing', { toJSON: () => undefined }],
  ])('B5 a body that cannot be written: %s', async (_what, body) => {
    const { transport, client } = channel(new HostTransport());

    await expect(ask(client, { request: { body } })).rejects.toMatchObject({
      code: 'INVALID_CALL',
      details: { expected: 'a body that can be written as JSON' },
    });
    await quiet();
    expect(transport.arrivals).toEqual([]);
  });
});

describe('B1 a transport that throws', () => {
  test('B1 at once is one that fails', async () => {
    const { client } = channel({
      send() {
        throw new TypeError('hush');
      },
    });

    await expect(ask(client)).rejects.toMatchObject({ code: 'NETWORK', cause: { name: 'TypeError' } });
  });

  test('B4 when it gets a notice, nothing else fails', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const boom = new Error('x');
    const { client } = channel({
      send: () => '{}',
      notify() {
        throw boom;
      },
    });
    client.notify?.('navigateToPage', {});

    expect(await ask(client)).toBe('{}');
    expect(reported).toEqual([boom]);
    vi.unstubAllGlobals();
  });

  test('B4 what cannot be written is left out of a notice, and neither the notice nor the rest of it', async () => {
    const { transport, client } = channel(new HostTransport());
    const config: Record<string, unknown> = { widgetType: 'inbox' };
    config['parentCtrl'] = { config };
    client.notify?.('widgetEvent', { eventType: 'teaserClick', clickedTeaser: { big: 1n, click() {} } });
    client.notify?.('sessionEnded', config);
    client.notify?.('registered', undefined);
    await until(() => transport.notices.length === 3);

    expect(transport.notices).toEqual([
      ['widgetEvent', { eventType: 'teaserClick', clickedTeaser: {} }],
      ['sessionEnded', { widgetType: 'inbox', parentCtrl: {} }],
      ['registered', undefined],
    ]);
  });
});

test('what is said within a turn goes in one event, both ways', async () => {
  const { port1, port2 } = new MessageChannel();
  const events = [0, 0];
  port1.addEventListener('message', () => {
    events[0] = (events[0] ?? 0) + 1;
  });
  port2.addEventListener('message', () => {
    events[1] = (events[1] ?? 0) + 1;
  });
  host({ transport: { send: () => Promise.resolve('{}') }, port: port2 });
  const transport = client({ port: port1 });

  await Promise.all(Array.from({ length: 100 }, () => ask(transport)));

  expect(events).toEqual([1, 1]);
});

describe('B9 a request that ends while its body is written', () => {
  test.each<[string, (end: AbortController, dispose: () => void) => void]>([
    ['DISPOSED', (_end, dispose) => dispose()],
    ['ABORTED', (end) => end.abort('left')],
  ])('B9 fails with %s, and is not carried', async (code, finish) => {
    const { transport, client } = channel(new HostTransport());
    const end = new AbortController();
    const toJSON = (): object => {
      finish(end, () => client.dispose());
      return {};
    };
    const request = { requestId: 'r1', server: 'pserver', type: '', body: { toJSON }, headers: {} } as const;
    const sending = Promise.resolve(client.send(request, { signal: end.signal, deadline: Infinity }));
    const outcome = sending.catch((error: unknown) => error);
    await quiet();

    expect(await Promise.race([outcome, 'still waits'])).toMatchObject({ code });
    expect(transport.arrivals).toEqual([]);
  });
});
