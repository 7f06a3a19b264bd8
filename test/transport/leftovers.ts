import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { httpTransport, type WidgetRequest } from '../../src/index.ts';
import { broken, brokenOff, ok, PSERVER, silence, status, useBank } from './bank.ts';
import { drive, quiet, until, useClock } from './clock.ts';
import { READ, WRITE, wire } from './wire.ts';

/** The listeners for an abort, without those by which Node's own `Request` follows its signal, weakly, until it is collected. */
function listenersOf(signal: AbortSignal): string[] {
  const { signal: other } = new AbortController();
  new Request(PSERVER, { signal: other });
  const ofNode = getEventListeners(other, 'abort').map(String);
  return getEventListeners(signal, 'abort')
    .map(String)
    .filter((listener) => !ofNode.includes(listener));
}

/** B9 for one engine: what a transport leaves behind once a request has ended, in each of the ways that there are. */
export function leavesNothingBehind(): void {
  const bank = useBank();
  useClock();

  /** One request, straight to the transport, so that the signal it was given can be looked at. */
  function send(body: object = READ) {
    const controller = new AbortController();
    const asks: AbortSignal[] = [];
    const transport = httpTransport({
      endpoints: { pserver: PSERVER },
      authToken: ({ rejected, signal }) => {
        asks.push(signal);
        return rejected ? 'fresh' : 'stale';
      },
    });
    const { type } = body as { type: string };
    const request: WidgetRequest = { requestId: '1', server: 'pserver', type, body, headers: {} };
    const context = { signal: controller.signal, deadline: Number.POSITIVE_INFINITY };
    const sending = Promise.resolve(transport.send(request, context)).then(
      () => 'answered',
      () => 'failed',
    );
    return { controller, sending, asks };
  }

  async function expectNothingOn(...signals: AbortSignal[]): Promise<void> {
    await quiet();
    expect(vi.getTimerCount()).toBe(0);
    expect(signals.flatMap(listenersOf)).toEqual([]);
  }

  describe('B9 no timer and no listener after', () => {
    test.each<[string, (() => Response)[], string, object?]>([
      ['an answer', [ok], 'answered'],
      ['an answer to a repeat', [status(503), ok], 'answered'],
      ['an answer to a replay', [status(401), ok], 'answered'],
      ['an error status', [status(500)], 'failed'],
      ['repeats without success', [status(503)], 'failed'],
      ['a refused token', [status(401)], 'failed'],
      ['a redirect', [status(302)], 'failed'],
      ['no network', [broken], 'failed'],
      ['half an answer', [brokenOff], 'failed'],
      ['a body that cannot be written', [], 'failed', { type: 'getInsights', number: 1n }],
    ])('B9 %s', async (_what, answers, outcome, body = READ) => {
      bank.answerWith(...answers);
      const { controller, sending, asks } = send(body);

      expect(await drive(sending)).toBe(outcome);

      await expectNothingOn(controller.signal, ...asks);
    });

    test('B9 an abort while the answer is awaited', async () => {
      bank.answer(silence);
      const { controller, sending, asks } = send();
      await until(() => bank.arrivals.length === 1);

      controller.abort();

      expect(await sending).toBe('failed');
      await expectNothingOn(controller.signal, ...asks);
    });

    test('B9 an abort while a repeat is awaited', async () => {
      bank.answer(status(503));
      const { controller, sending, asks } = send();
      await until(() => vi.getTimerCount() === 1);

      controller.abort();

      expect(await sending).toBe('failed');
      // Without AbortSignal.any, ky cannot cut its pause short; nothing is sent at its end.
      if (!('any' in AbortSignal)) vi.advanceTimersByTime(400);
      await expectNothingOn(controller.signal, ...asks);
      expect(bank.arrivals).toHaveLength(1);
    });
  });

  test('B9 what has been aborted before it began is not sent', async () => {
    const fetch = vi.fn(async () => ok());
    const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: 'token-1', fetch });
    const request: WidgetRequest = { requestId: '1', server: 'pserver', type: 'a', body: WRITE, headers: {} };
    const context = { signal: AbortSignal.abort(), deadline: Number.POSITIVE_INFINITY };

    await expect(transport.send(request, context)).rejects.toThrow();

    expect(fetch).not.toHaveBeenCalled();
    await expectNothingOn(context.signal);
  });

  test.each([
    ['its token', 'authToken'],
    ['its headers', 'headers'],
  ] as const)('B9 what is aborted while it waits for %s is not sent', async (_what, option) => {
    let release = (_value: never): void => {};
    const slow = () =>
      new Promise<never>((resolve) => {
        release = resolve;
      });
    const sent: unknown[] = [];
    const fetch = async (request: unknown): Promise<Response> => {
      sent.push(request);
      return ok();
    };
    const { bridge } = wire({ fetch, [option]: slow });
    const leaver = new AbortController();
    const sending = bridge.send('pserver', WRITE, { signal: leaver.signal });
    const rejected = expect(sending).rejects.toMatchObject({ code: 'ABORTED' });
    await quiet();

    leaver.abort();
    await rejected;
    release((option === 'headers' ? {} : 'late') as never);

    await quiet();
    expect(sent).toHaveLength(0);
    await expectNothingOn(leaver.signal);
  });

  test('B9 the bridge itself: many requests in all ways leave nothing', async () => {
    const answers = [ok, status(500), broken, status(401), status(503), brokenOff];
    bank.answer((_arrival, count) => (answers[count % answers.length] ?? ok)());
    const page = new AbortController();
    const { bridge, outcomes } = wire(
      { authToken: ({ rejected }) => (rejected ? 'fresh' : 'stale') },
      { signal: page.signal },
    );

    const sending = Array.from({ length: 120 }, (_, number) =>
      bridge.send('pserver', number % 2 ? READ : WRITE, { signal: page.signal }).catch(() => {}),
    );
    await drive(Promise.all(sending));

    expect(outcomes).toHaveLength(120);
    expect(bridge.getSnapshot().pending).toEqual([]);
    bridge.dispose();
    await expectNothingOn(page.signal);
  });
}
