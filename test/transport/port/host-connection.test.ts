import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { DisposableTransport } from '../../../src/index.ts';
import { quiet, until } from '../fixtures/clock.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { portTests } from '../fixtures/port-tests.ts';
import { type FakeWindow, twoWindows } from '../fixtures/two-windows.ts';

const { client, host, ask } = portTests();

const nearTo = ({ proxy, origin }: FakeWindow, readyTimeout?: number): DisposableTransport =>
  client({ target: proxy, origin, readyTimeout });

function serve({ proxy, origin }: FakeWindow): { transport: HostTransport; stop: () => void } {
  const transport = new HostTransport();
  return { transport, stop: host({ transport, source: () => proxy, origin }) };
}

async function answerFirst({ arrivals }: HostTransport): Promise<void> {
  await until(() => arrivals.length > 0);
  arrivals[0]?.answer({ ok: true });
}

test('requests and notices wait for a host that comes later, in their order', async () => {
  const { bank, frame } = twoWindows();
  const transport = nearTo(bank);
  const asking = [1, 2, 3].map((number) => ask(transport, { request: { requestId: number } }));
  transport.notify?.('navigateToPage', { page: 'x' });
  await quiet();
  vi.advanceTimersByTime(9_000);
  const served = serve(frame);
  await until(() => served.transport.arrivals.length === 3);
  for (const arrived of served.transport.arrivals) arrived.answer({ ok: true });

  expect(await Promise.all(asking)).toEqual(Array(3).fill('{"ok":true}'));
  expect(served.transport.requests.map(({ requestId }) => requestId)).toEqual([1, 2, 3]);
  await until(() => served.transport.notices.length > 0);
  expect(served.transport.notices).toEqual([['navigateToPage', { page: 'x' }]]);
});

test('what is aborted while it waits is never sent', async () => {
  const { bank, frame } = twoWindows();
  const transport = nearTo(bank);
  const leaver = new AbortController();
  const first = ask(transport, { signal: leaver.signal, request: { requestId: 'given up' } });
  const second = ask(transport, { request: { requestId: 'kept' } });
  leaver.abort('gone');
  await expect(first).rejects.toMatchObject({ code: 'ABORTED', cause: 'gone' });
  const served = serve(frame);
  await answerFirst(served.transport);
  await second;
  await quiet();

  expect(served.transport.requests).toMatchObject([{ requestId: 'kept' }]);
});

test('what is aborted while it waits removes its timer', async () => {
  const { bank } = twoWindows();
  const leaver = new AbortController();
  const asking = ask(nearTo(bank), { signal: leaver.signal });
  expect(vi.getTimerCount()).toBe(1);
  leaver.abort();

  expect(vi.getTimerCount()).toBe(0);
  await expect(asking).rejects.toMatchObject({ code: 'ABORTED' });
});

test('what has been aborted before is not sent', async () => {
  const { port1, port2 } = new MessageChannel();
  const transport = new HostTransport();
  host({ transport, port: port2 });

  await expect(ask(client({ port: port1 }), { signal: AbortSignal.abort('gone') })).rejects.toMatchObject({
    code: 'ABORTED',
    cause: 'gone',
  });
  await quiet();
  expect(transport.arrivals).toEqual([]);
});

test('a host that does not answer in time is NO_CHANNEL, and one that comes later is found', async () => {
  const { bank, frame } = twoWindows();
  const transport = nearTo(bank, 3_000);
  const asking = ask(transport);
  await quiet();
  vi.advanceTimersByTime(2_999);
  await quiet();
  const later = ask(transport);
  vi.advanceTimersByTime(1);
  const error = {
    code: 'NO_CHANNEL',
    message: 'Nobody at https://bank.example answered in 3000 ms (rateInsight to pserver)',
    details: { requestId: 'r1', server: 'pserver', type: 'rateInsight' },
  };
  await expect(asking).rejects.toMatchObject(error);
  await expect(later).rejects.toMatchObject(error);

  const served = serve(frame);
  await quiet();
  const third = ask(transport);
  await answerFirst(served.transport);
  expect(await third).toBe('{"ok":true}');
  expect(served.transport.arrivals).toHaveLength(1);
});

test('a host that is loaded again is found, and requests of the old one fail at once', async () => {
  const { bank, frame, post } = twoWindows();
  const { transport: served } = serve(frame);
  const transport = nearTo(bank);
  const lost = ask(transport, { request: { requestId: 'lost' } });
  await until(() => served.arrivals.length === 1);
  // Without a word of the old one's. It is the one that is knocked at again here, as if it were the new one.
  post({ source: bank.proxy, origin: bank.origin }, { bankside: 1, ready: 'anew' });
  await expect(lost).rejects.toMatchObject({
    code: 'NO_CHANNEL',
    message: expect.stringContaining('started again'),
  });
  await until(() => served.arrivals[0]?.gone === true);
  const asking = ask(transport);
  await until(() => served.arrivals.length === 2);
  served.arrivals[1]?.answer({ ok: true });

  expect(await asking).toBe('{"ok":true}');
});

test('a host that stops and starts again is found', async () => {
  const { bank, frame } = twoWindows();
  const transport = nearTo(bank);
  for (let round = 0; round < 3; round += 1) {
    const served = serve(frame);
    const asking = ask(transport);
    await answerFirst(served.transport);
    expect(await asking).toBe('{"ok":true}');
    served.stop();
    await quiet();
  }
});

test('a host is the same when its `ready` comes after its welcome', async () => {
  const { bank, frame, post } = twoWindows();
  let ready: unknown;
  const proxy = {
    postMessage: (data: unknown) => {
      ready = data;
    },
  } as unknown as Window;
  const transport = new HostTransport();
  const target = { ...bank.proxy };
  host({ transport, source: () => proxy, origin: frame.origin });
  const knocks: unknown[] = [];
  target.postMessage = ((data: unknown, _origin: string, ports: MessagePort[]) => {
    knocks.push(data);
    post({ source: proxy, origin: frame.origin }, data, ports);
  }) as Window['postMessage'];
  const asking = ask(client({ target, origin: bank.origin }));
  await until(() => transport.arrivals.length === 1);
  post({ source: target, origin: bank.origin }, ready);
  await quiet();
  transport.arrivals[0]?.answer({ ok: true });

  expect(await asking).toBe('{"ok":true}');
  expect(knocks).toHaveLength(1);
});

test('B10 two transports in one window have each a channel of its own', async () => {
  const { bank, frame } = twoWindows();
  const served = serve(frame);
  const one = nearTo(bank);
  const other = nearTo(bank);
  const asking = [ask(one, { request: { body: 'one' } }), ask(other, { request: { body: 'other' } })];
  await until(() => served.transport.arrivals.length === 2);
  one.dispose();
  await expect(asking[0]).rejects.toMatchObject({ code: 'DISPOSED' });
  for (const arrived of served.transport.arrivals) arrived.answer({ to: arrived.body });

  expect(await asking[1]).toBe('{"to":"other"}');
});

test('B9 what is pending when the page is left ends on both sides; and one that the browser keeps goes on', async () => {
  const { bank, frame, events } = twoWindows();
  const { transport } = serve(frame);
  const sending = nearTo(bank);
  const lost = ask(sending);
  await until(() => transport.arrivals.length === 1);
  events.dispatchEvent(new Event('pagehide'));

  await expect(lost).rejects.toMatchObject({
    code: 'NO_CHANNEL',
    message: expect.stringContaining('This page was left'),
  });
  await until(() => transport.arrivals[0]?.gone === true);
  const asking = ask(sending);
  await until(() => transport.arrivals.length === 2);
  transport.last.answer({ ok: true });
  expect(await asking).toBe('{"ok":true}');
});

test('B9 what waits for a host when the page is left fails too, and its timer is removed', async () => {
  const { bank, events } = twoWindows();
  const waiting = ask(nearTo(bank));
  events.dispatchEvent(new Event('pagehide'));

  expect(vi.getTimerCount()).toBe(0);
  await expect(waiting).rejects.toMatchObject({ code: 'NO_CHANNEL' });
});

test('B9 nothing is listened to any more once both sides have ended', () => {
  const { bank, frame, events } = twoWindows();
  const { stop } = serve(frame);
  const sending = nearTo(bank);
  const listening = (): number[] =>
    ['message', 'pagehide'].map((type) => getEventListeners(events, type).length);
  expect(listening()).toEqual([2, 2]);
  stop();
  sending.dispose();

  expect(listening()).toEqual([0, 0]);
});
