import { describe, expect, test, vi } from 'vitest';
import type { DisposableTransport, Transport, TransportContext, WidgetRequest } from '../../../src/index.ts';
import { drive, quiet, until } from '../fixtures/clock.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { portTests, requestMessage } from '../fixtures/port-tests.ts';
import { type FakeWindow, twoWindows } from '../fixtures/two-windows.ts';

const { client, host, ask } = portTests();

const request = { ...requestMessage, body: '{"type":"rateInsight"}', timeLeft: Infinity };

const nearTo = ({ proxy, origin }: FakeWindow): DisposableTransport => client({ target: proxy, origin });

/** Both sides of a channel. */
function channel<T extends Transport>(
  transport: T,
  bounds: { maxPending?: number; timeout?: number | false } = {},
) {
  const { port1, port2 } = new MessageChannel();
  host({ transport, port: port2, ...bounds });
  return { transport, client: client({ port: port1 }) };
}

/** Does not look at its signal, and never answers. */
class Deaf {
  readonly requests: WidgetRequest[] = [];
  readonly contexts: TransportContext[] = [];
  send(request: WidgetRequest, context: TransportContext): Promise<never> {
    this.requests.push(request);
    this.contexts.push(context);
    return new Promise(() => {});
  }
}

describe('B8 how many requests a host has in flight', () => {
  test('B8 is limited, and further requests fail', async () => {
    const { transport, client } = channel(new HostTransport(), { maxPending: 3 });
    const asking = Array.from({ length: 5 }, () => ask(client));
    for (const above of asking.slice(3))
      await expect(above).rejects.toMatchObject({
        code: 'OVERLOADED',
        details: { requestId: 'r1', server: 'pserver', type: 'rateInsight', maxPending: 3 },
      });
    expect(transport.arrivals).toHaveLength(3);
    for (const { answer } of transport.arrivals) answer({ ok: true });

    expect(await Promise.all(asking.slice(0, 3))).toEqual(Array(3).fill('{"ok":true}'));
  });

  test('B8 is 1,000 by default, of a client that knows no bound', async () => {
    const { port1, port2 } = new MessageChannel();
    const transport = new Deaf();
    const heard: { failure: number }[] = [];
    port1.onmessage = ({ data }) => heard.push(...data);
    const stop = host({ transport, port: port2 });
    port1.postMessage(Array.from({ length: 3_000 }, (_, number) => ({ ...request, request: number + 1 })));
    await until(() => heard.length > 0);

    expect(transport.requests).toHaveLength(1_000);
    expect(heard).toHaveLength(2_000);
    expect(heard[0]).toMatchObject({ failure: 1_001, error: { code: 'OVERLOADED' } });
    stop();
    port1.close();
  });

  test.each<[string, (transport: HostTransport, leaver: AbortController) => void]>([
    ['an answer', ({ last }) => last.answer({})],
    ['a failure', ({ last }) => last.fail(new Error('x'))],
    ['an answer that is none', ({ last }) => last.answer(7)],
    ['an abort', (_, leaver) => leaver.abort()],
    ['the time that a request has here', () => vi.advanceTimersByTime(600_000)],
  ])('B8 has room again after %s', async (_what, end) => {
    const { transport, client } = channel(new HostTransport(), { maxPending: 1 });
    const leaver = new AbortController();
    const first = ask(client, { signal: leaver.signal });
    await until(() => transport.arrivals.length === 1);
    end(transport, leaver);
    await first.catch(() => {});
    const second = ask(client);
    await until(() => transport.arrivals.length === 2);
    transport.last.answer({ ok: true });

    expect(await second).toBe('{"ok":true}');
  });

  test('B8 counts over all clients in a window, and those that have gone no more', async () => {
    const { bank, frame } = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: frame.proxy, origin: frame.origin, maxPending: 2 });
    const [one, other] = [nearTo(bank), nearTo(bank)];
    void ask(one);
    void ask(one);
    await until(() => transport.arrivals.length === 2);
    await expect(ask(other)).rejects.toMatchObject({ code: 'OVERLOADED', details: { maxPending: 2 } });
    one.dispose();
    await until(() => transport.arrivals.every(({ gone }) => gone));
    void ask(other);
    await until(() => transport.arrivals.length === 3);
  });

  test('B8 includes what is to be answered another way', async () => {
    const { client } = channel({ send: () => undefined }, { maxPending: 1 });
    const leaver = new AbortController();
    await ask(client, { signal: leaver.signal });

    await expect(ask(client)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});

describe('B6 how long a request may take in a host', () => {
  test.each<[string, number | undefined, number]>([
    ['without a deadline', undefined, 600_000],
    ['with a longer one', 3_600_000, 600_000],
  ])('B6 one %s ends after ten minutes, there and here', async (_what, timeLeft, timeout) => {
    const { transport, client } = channel(new HostTransport());
    const asking = ask(client, timeLeft ? { deadline: performance.now() + timeLeft } : {});
    await until(() => transport.arrivals.length === 1);
    const { signal, deadline } = transport.last.context;
    expect(deadline).toBe(performance.now() + timeout);
    vi.advanceTimersByTime(timeout - 1);
    await quiet();
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);

    await expect(asking).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('600000 ms'),
      details: { requestId: 'r1', timeout },
    });
    expect(signal.reason).toMatchObject({ code: 'TIMEOUT', details: { timeout } });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('B6 nor does one whose transport never looks at its signal stay', async () => {
    const { transport, client } = channel(new Deaf(), { maxPending: 1, timeout: 5_000 });
    const first = ask(client);
    await until(() => transport.requests.length === 1);
    vi.advanceTimersByTime(5_000);
    await expect(first).rejects.toMatchObject({ code: 'TIMEOUT', details: { timeout: 5_000 } });
    const second = ask(client);
    await until(() => transport.requests.length === 2);

    expect(transport.contexts[0]?.signal.aborted).toBe(true);
    vi.advanceTimersByTime(5_000);
    await expect(second).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('B6 one whose client is gone without a `bye` does not stay either, though it had a deadline', async () => {
    const { transport, client } = channel(new Deaf(), { maxPending: 1 });
    void ask(client, { deadline: performance.now() + 5_000 });
    await until(() => transport.requests.length === 1);
    vi.advanceTimersByTime(7_000);
    void ask(client, { deadline: performance.now() + 5_000 });
    await until(() => transport.requests.length === 2);
  });

  test('B6 each has its own time', async () => {
    const { transport, client } = channel(new HostTransport(), { timeout: 5_000 });
    const first = ask(client);
    await until(() => transport.arrivals.length === 1);
    vi.advanceTimersByTime(3_000);
    const second = ask(client);
    await until(() => transport.arrivals.length === 2);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(2_000);
    await expect(first).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(transport.arrivals.map(({ gone }) => gone)).toEqual([true, false]);
    vi.advanceTimersByTime(3_000);

    await expect(second).rejects.toMatchObject({ code: 'TIMEOUT', details: { elapsed: 5_000 } });
  });

  /** Time passes, and nothing runs: not even timers that are due. */
  function standStill(ms: number): void {
    const stood = performance.now() + ms;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => stood);
    vi.runOnlyPendingTimers();
    clock.mockRestore();
  }

  test.each<[string, number]>([
    ['without a deadline', Infinity],
    ['with one', 5_000],
  ])(
    'B15 what was answered while the host was frozen is handled: of a request %s',
    async (_what, timeLeft) => {
      const { transport, client } = channel(new Deaf(), { maxPending: 1 });
      const answers: ((reply: object) => void)[] = [];
      transport.send = () => new Promise((resolve) => answers.push(resolve as never));
      const asking = ask(client, { deadline: performance.now() + timeLeft });
      await until(() => answers.length === 1);
      standStill(3_600_000);
      answers[0]?.({ ok: true });

      expect(await asking).toBe('{"ok":true}');
    },
  );

  test('B15 what was not is put off once, however often the host stands still', async () => {
    const { transport, client } = channel(new HostTransport());
    const asking = ask(client);
    await until(() => transport.arrivals.length === 1);
    standStill(3_600_000);
    await quiet();
    expect(transport.arrivals[0]?.gone).toBe(false);
    standStill(3_600_000);

    await expect(asking).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('B6 for ever, with `timeout: false`', async () => {
    const { transport, client } = channel(new HostTransport(), { timeout: false });
    const asking = ask(client);
    await until(() => transport.arrivals.length === 1);

    expect(transport.last.context.deadline).toBe(Infinity);
    expect(vi.getTimerCount()).toBe(0);
    transport.last.answer({ ok: true });
    expect(await asking).toBe('{"ok":true}');
  });

  test('B9 what is answered late, after its time, goes nowhere', async () => {
    const { transport, client } = channel(new HostTransport(), { timeout: 5_000 });
    const asking = ask(client);
    await until(() => transport.arrivals.length === 1);
    vi.advanceTimersByTime(5_000);
    await expect(asking).rejects.toMatchObject({ code: 'TIMEOUT' });
    transport.last.answer({ late: true });
    const next = ask(client);
    await until(() => transport.arrivals.length === 2);
    transport.last.answer({ ok: true });

    expect(await next).toBe('{"ok":true}');
  });
});

describe('B8 how many clients a window may have', () => {
  /** Knocks, and returns what comes out of the port. */
  function knock({ frame, post }: ReturnType<typeof twoWindows>): { heard: unknown[]; port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    port1.onmessage = ({ data }) => heard.push(...(Array.isArray(data) ? data : [data]));
    post({ source: frame.proxy, origin: frame.origin }, { bankside: 1, knock: true }, [port2]);
    return { heard, port: port1 };
  }

  const bye = { bankside: 1, bye: true };

  test('B8 100: beyond that, the one that has been idle for the longest is closed', async () => {
    const windows = twoWindows();
    const transport = new HostTransport();
    const stop = host({ transport, source: windows.frame.proxy, origin: windows.frame.origin });
    const knocks = Array.from({ length: 300 }, () => knock(windows));
    await until(() => knocks.every(({ heard }) => heard.length > 0));
    await quiet();

    const open = knocks.filter(({ heard }) => !heard.some((each) => (each as typeof bye).bye));
    expect(open).toEqual(knocks.slice(200));
    stop();
    for (const { port } of knocks) port.close();
  });

  test('B8 but not one that waits for an answer, while there is another', async () => {
    const windows = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: windows.frame.proxy, origin: windows.frame.origin });
    const asking = ask(nearTo(windows.bank));
    await until(() => transport.arrivals.length === 1);
    const knocks = Array.from({ length: 300 }, () => knock(windows));
    await quiet();
    transport.last.answer({ ok: true });

    expect(await asking).toBe('{"ok":true}');
    for (const { port } of knocks) port.close();
  });

  test('B8 and where all wait, the one that has said nothing for the longest', async () => {
    const windows = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: windows.frame.proxy, origin: windows.frame.origin });
    const knocks = Array.from({ length: 100 }, () => knock(windows));
    for (const { port } of knocks) port.postMessage(request);
    await until(() => transport.arrivals.length === 100);
    const asking = ask(nearTo(windows.bank));
    await until(() => transport.arrivals.length === 101);

    expect(transport.arrivals.filter(({ gone }) => gone)).toEqual([transport.arrivals[0]]);
    transport.last.answer({ ok: true });
    expect(await asking).toBe('{"ok":true}');
    for (const { port } of knocks) port.close();
  });

  test('B8 one that was closed knocks again with its next message', async () => {
    const windows = twoWindows();
    const transport = new HostTransport();
    host({ transport, source: windows.frame.proxy, origin: windows.frame.origin });
    const sending = nearTo(windows.bank);
    const first = ask(sending);
    await until(() => transport.arrivals.length === 1);
    transport.last.answer({ number: 1 });
    await first;
    const knocks = Array.from({ length: 100 }, () => knock(windows));
    await quiet();
    const second = ask(sending);
    await until(() => transport.arrivals.length === 2);
    transport.last.answer({ number: 2 });

    expect(await second).toBe('{"number":2}');
    // It came after the hundred, and had been closed for one of them.
    expect(knocks[0]?.heard).toContainEqual(bye);
    for (const { port } of knocks) port.close();
  });
});

describe('S4 lists of messages', () => {
  const list = (length: number, fill: unknown): unknown[] => Array(length).fill(fill);
  const sparse: unknown[] = [];
  sparse[2 ** 32 - 3] = 0;

  test.each<[string, unknown]>([
    ['lists within lists', [[[request]], [[]], []]],
    [
      'a list that holds itself',
      (() => {
        const round: unknown[] = [];
        round.push(round);
        return round;
      })(),
    ],
    ['a million entries of nothing', list(1_000_000, null)],
    ['four thousand million places, of which one is taken', sparse],
  ])('S4 %s throw nothing, and what comes after them is handled', async (_what, garbage) => {
    const { port1, port2 } = new MessageChannel();
    const transport = new HostTransport();
    const stop = host({ transport, port: port2 });
    port1.postMessage(garbage);
    port1.postMessage(request);
    await until(() => transport.arrivals.length === 1);

    expect(transport.requests).toMatchObject([{ requestId: 'r1' }]);
    stop();
    port1.close();
  });
});

describe('B8 what waits for a host that has not come yet', () => {
  test('B8 is the newest 1,000 notices, and all requests', async () => {
    const { bank, frame } = twoWindows();
    const sending = nearTo(bank);
    const asking = [ask(sending)];
    for (let number = 0; number < 2_500; number += 1) sending.notify?.('widgetEvent', { number });
    asking.push(ask(sending));
    const transport = new HostTransport();
    host({ transport, source: () => frame.proxy, origin: frame.origin });
    await until(() => transport.notices.length > 0 && transport.arrivals.length === 2);
    await quiet();

    const numbers = transport.notices.map(([, data]) => (data as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: 1_000 }, (_, index) => 1_500 + index));
    for (const { answer } of transport.arrivals) answer({ ok: true });
    expect(await Promise.all(asking)).toEqual(['{"ok":true}', '{"ok":true}']);
  });

  test('B9 nothing, once nobody has answered in time', async () => {
    const { bank, frame } = twoWindows();
    const sending = nearTo(bank);
    sending.notify?.('widgetEvent', {});
    await drive(ask(sending).catch(() => {}));
    const transport = new HostTransport();
    host({ transport, source: () => frame.proxy, origin: frame.origin });
    await quiet();

    expect(transport.notices).toEqual([]);
  });
});

test('S4 answers that nobody waits for are not kept for later requests', async () => {
  const { port1, port2 } = new MessageChannel();
  const sending = client({ port: port1 });
  port2.postMessage([
    { bankside: 1, reply: 1, response: '{"forged":true}' },
    { bankside: 1, failure: 2, error: { code: 'NETWORK', message: 'x', details: {} } },
  ]);
  await quiet();
  const heard: unknown[] = [];
  port2.onmessage = ({ data }) => heard.push(...data);
  const asking = [ask(sending), ask(sending)];
  await until(() => heard.length === 2);
  port2.postMessage([1, 2].map((id) => ({ bankside: 1, reply: id, response: '{"ok":true}' })));

  expect(await Promise.all(asking)).toEqual(['{"ok":true}', '{"ok":true}']);
  port2.close();
});
