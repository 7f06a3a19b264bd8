import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { countListeners } from '../bridge/fixtures/listeners.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';

const { setUp } = hostTests();

/** What a page says that began so many ms ago. */
function performanceOf(age: number): object {
  return { timeOrigin: Date.now() - age, now: () => age };
}

describe('B1 one reply for each request', () => {
  it('which a transport’s failure is as well', async () => {
    const { ask, transport, page, errors } = setUp();
    ask('1');
    transport.last.fail(new TypeError('of https://bank.example/?token=secret-7'));
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors()).toMatchObject([
      { code: 'NETWORK', cause: { name: 'TypeError' }, details: { requestId: '1', server: 'pserver' } },
    ]);
    expect(inspect(errors())).not.toContain('secret-7');
  });

  it('B6 in time, with the transport’s signal aborted', async () => {
    const { ask, transport, page, errors } = setUp({ timeout: 5_000 });
    ask('1');
    await vi.advanceTimersByTimeAsync(4_999);
    expect(page.replies).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors()).toMatchObject([{ code: 'TIMEOUT', details: { timeout: 5_000 } }]);
    expect(transport.last.context.signal.aborted).toBe(true);
    transport.last.answer({ late: true });
    await turn();
    expect(page.replies).toHaveLength(1);
  });

  it('B6 in 30 s if nothing else is said', async () => {
    const { ask, page } = setUp();
    ask('1');
    await vi.advanceTimersByTimeAsync(29_999);
    expect(page.replies).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(page.read).toEqual([[FAILURE, '1']]);
  });

  it('B7 and for two with one id', async () => {
    const { ask, transport, page, errors } = setUp();
    ask('1');
    ask('1');
    ask(1, { requestData: { type: 'another' } });
    for (const { answer, request } of transport.sent) answer({ ok: true, to: request.type });
    await turn();

    expect(transport.sent).toHaveLength(2);
    expect(page.read).toEqual([[{ ok: true, to: 'another' }, 1]]);
    expect(errors().map(({ code }) => code)).toEqual(['DUPLICATE_REQUEST']);
  });

  it('B8 above the bound too', async () => {
    const { ask, transport, page, errors } = setUp({ maxPending: 2 });
    for (const id of ['1', '2', '3']) ask(id);
    await turn();

    expect(transport.sent).toHaveLength(2);
    expect(page.read).toEqual([[FAILURE, '3']]);
    expect(errors()).toMatchObject([{ code: 'OVERLOADED', details: { maxPending: 2 } }]);
  });

  it('B8 under an id that is too long too, which the error reports', async () => {
    const { ask, transport, page, errors } = setUp();
    const ids = ['x', 'y', 'z'].map((letter) => letter.repeat(257));
    for (const id of ids) ask(id);
    await turn();
    for (const id of ids) ask(id);
    await turn();

    expect(page.read).toEqual([...ids, ...ids].map((id) => [FAILURE, id]));
    expect(errors()[0]).toMatchObject({
      code: 'INVALID_CALL',
      details: {
        call: 'onMessage',
        expected: 'a requestId of at most 256 characters',
        received: 'one of 257',
      },
    });
    expect(transport.sent).toEqual([]);
  });

  it('B1 never within the call', async () => {
    const { ask, page } = setUp({ transport: { send: () => ({ ok: true }) } });
    ask('1');
    expect(page.replies).toEqual([]);
    await turn();
    expect(page.read).toEqual([[{ ok: true }, '1']]);
  });
});

describe('reset', () => {
  it('ends what the page has asked, and the next page may use its ids', async () => {
    const { host, ask, transport, page, errors } = setUp();
    ask('1');
    const [first] = transport.sent;
    host.reset();
    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(first?.context.signal.aborted).toBe(true);

    page.load();
    ask('1');
    first?.answer({ of: 'the former page' });
    transport.last.answer({ of: 'this page' });
    await turn();
    expect(page.read.slice(1)).toEqual([[{ of: 'this page' }, '1']]);
    expect(errors().map(({ code }) => code)).toEqual(['ABORTED']);
  });

  it('B1 of a page that has come already, answers nothing that the one before had asked', async () => {
    const { host, ask, transport, page, errors } = setUp();
    page.load({ personetics: page.widget, performance: performanceOf(50) });
    ask('1');
    vi.advanceTimersByTime(10);
    page.load({ personetics: page.widget, performance: performanceOf(5.5) });
    host.reset();
    ask('1');
    transport.last.answer({ of: 'this page' });
    await turn();

    expect(page.read).toEqual([[{ of: 'this page' }, '1']]);
    expect(errors().map(({ code }) => code)).toEqual(['ABORTED']);
  });

  it('of a page that has no widget, raises nothing there', () => {
    const { host, ask, page, errors } = setUp();
    ask('1');
    vi.advanceTimersByTime(10);
    page.load({ performance: performanceOf(5) });
    host.reset();

    expect(page.errors).toEqual([]);
    expect(errors().map(({ code }) => code)).toEqual(['ABORTED']);
  });

  it.each(['with', 'without'])(
    'B1 answers a page that stays, as the other did not come: one %s a clock',
    (which) => {
      const { host, ask, page } = setUp();
      const performance = which === 'with' ? performanceOf(0) : undefined;
      page.load({ personetics: page.widget, performance });
      ask('1');
      host.reset();

      expect(page.read).toEqual([[FAILURE, '1']]);
    },
  );

  it('is nothing after dispose', () => {
    const { host } = setUp();
    host.dispose();
    expect(() => host.reset()).not.toThrow();
  });
});

describe('B9 dispose', () => {
  it('answers and aborts what is pending, with the reason as cause, once', async () => {
    const { host, ask, transport, page, errors } = setUp();
    ask('1');
    ask('2');
    host.dispose('unmounted');
    host.dispose('again');
    await turn();

    expect(page.read).toEqual([
      [FAILURE, '1'],
      [FAILURE, '2'],
    ]);
    expect(errors()).toMatchObject([
      { code: 'DISPOSED', cause: 'unmounted' },
      { code: 'DISPOSED', cause: 'unmounted' },
    ]);
    expect(transport.sent.every(({ context: { signal } }) => signal.aborted)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets nothing through afterwards: requests are answered, notices are dropped', async () => {
    const { host, ask, post, notices, transport, page } = setUp();
    host.dispose();
    ask('1');
    post({ requestString: 'sessionEnded' });
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect([transport.sent, notices]).toEqual([[], []]);
  });

  it.each(['before', 'after'])('comes with a signal that aborts %s it is made', async (when) => {
    const listeners = countListeners();
    const controller = new AbortController();
    if (when === 'before') controller.abort('left');
    const { ask, page, errors } = setUp({ signal: controller.signal });
    if (when === 'after') {
      ask('1');
      controller.abort('left');
    } else ask('1');
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors()).toMatchObject([{ code: 'DISPOSED', cause: 'left' }]);
    expect(listeners()).toBe(0);
    vi.restoreAllMocks();
  });

  it('comes at the end of a using block', () => {
    const { host, ask, transport } = setUp();
    ask('1');
    host[Symbol.dispose]();

    expect(transport.last.context.signal.aborted).toBe(true);
  });
});
