import { describe, expect, it, vi } from 'vitest';
import { createTestWidget } from '../../../src/testing/index.ts';
import { initialized, started, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

describe('exactly one reply in build 21.5', () => {
  it('B1 holds if each request had one answer, after its call', () => {
    const { widget, reply } = started({});
    reply('getInboxInsights', { ok: true, insights: [] });
    expect(() => widget.assertExactlyOnce()).not.toThrow();
  });

  it('B1 is broken by a missing answer', () => {
    const { widget, idOf } = started({});
    expect(() => widget.assertExactlyOnce()).toThrow(
      `Test widget, build 21.5: the request "${idOf('getInboxInsights')}" to sendRequestToPServer was not answered`,
    );
  });

  it('B1 is broken by two answers, which are a fault at once; a pending request is not a fault yet', () => {
    const { widget, reply } = started({});
    reply('getInboxInsights', { ok: true });
    expect(widget.faults).toEqual([]);
    reply('getInboxInsights', { ok: true });
    expect(() => widget.assertExactlyOnce()).toThrow(
      'was answered 2 times, now through handlePServerResponse',
    );
    expect(widget.faults).toHaveLength(1);
  });

  it('B1 is broken by an answer during the call, which the widget handles', async () => {
    const { widget } = initialized({
      pDelegate: {
        sendRequestToPServer: (_headers: unknown, _body: unknown, id: string) =>
          widget.handleServerResponse({ ok: true }, id),
      },
    });
    expect(await widget.request('pserver', { type: 'x' })).toEqual({ ok: true });
    expect(() => widget.assertExactlyOnce()).toThrow('before the delegate’s function had returned');
  });

  it('B2 is broken by an answer with an unknown id', () => {
    const { widget } = initialized();
    widget.handlePServerResponse({ ok: true }, 'r9');
    expect(() => widget.assertExactlyOnce()).toThrow(
      'an answer came under "r9", which is the id of no request',
    );
  });

  it('B7 exempts a request that another with its id replaced', async () => {
    const { widget } = initialized();
    const first = widget.request('pserver', { type: 'x', n: 1 }, { requestId: 'r1' });
    const second = widget.request('pserver', { type: 'y', n: 2 }, { requestId: 'r1' });
    widget.handlePServerResponse({ ok: true }, 'r1');

    await expect(first).rejects.toThrow(
      '"r1" to sendRequestToPServer was replaced by a later request of the same id',
    );
    expect(await second).toEqual({ ok: true });
    expect(() => widget.assertExactlyOnce()).not.toThrow();
  });

  it('B1 does not forgive a second answer to a request that is replaced later', () => {
    const { widget, reply } = initialized();
    widget.getBudgetsCategories();
    reply('getBudgetsCategories', { ok: true });
    reply('getBudgetsCategories', { ok: true });
    widget.getBudgetsCategories();
    reply('getBudgetsCategories', { ok: true });
    expect(() => widget.assertExactlyOnce()).toThrow('was answered 2 times');
  });
});

describe('request', () => {
  it('sends like the widget’s own functions, to both servers', async () => {
    const { widget, argsOf } = initialized({ userId: 'user-1', lang: 'en' });
    const body = { type: 'getNumberOfInsights' };
    const first = widget.request('pserver', body);
    const second = widget.request('enrich', { type: 'x' });
    const [[headers, sent, id] = []] = argsOf('sendRequestToPServer');
    const [[, , other] = []] = argsOf('sendRequestToEnrichServer');

    expect(headers).toMatchObject({ authToken: 'user-1' });
    expect(sent).toEqual({
      clientVersion: '21.5',
      protocolVersion: '2.6',
      lang: 'en',
      type: 'getNumberOfInsights',
      ctxId: 'dashboard',
    });
    expect(id).toBe(btoa(`reqPersoneticsgetNumberOfInsights${Date.now()}`));
    expect(body).toEqual({ type: 'getNumberOfInsights' });
    widget.handlePServerResponse({ ok: true, n: 1 }, id as string);
    widget.handlePServerResponse({ ok: false, n: 2 }, other as string);
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, n: 1 },
      { ok: false, n: 2 },
    ]);
  });

  it.each([
    ['the server ob', ['ob', {}], 'expected pserver or enrich; got ob'],
    ['headers', ['pserver', {}, { headers: { a: '1' } }], 'pass headers to initialize as requestHeaders'],
  ] as const)('rejects for %s', async (_what, [server, body, options], message) => {
    await expect(initialized().widget.request(server, body, options)).rejects.toThrow(message);
  });

  it('rejects before initialize, and if the delegate has no own sender, or it throws', async () => {
    const early = createTestWidget({ build: '21.5' });
    await expect(early.request('pserver', {})).rejects.toThrow('call initialize or startWidget first');
    const { widget } = initialized({ pDelegate: {} });
    await expect(widget.request('pserver', {})).rejects.toThrow(
      'has no function sendRequestToPServer of its own',
    );
    const down = vi.fn(() => {
      throw new Error('down');
    });
    const other = initialized({ pDelegate: { sendRequestToPServer: down } }).widget;
    await expect(other.request('pserver', {})).rejects.toThrow('down');
  });

  it('rejects if the reply cannot be read, or sessionError throws', async () => {
    const { widget } = initialized({ base64EncodeResponse: true });
    const asking = widget.request('pserver', {}, { requestId: 'r1' });
    expect(() => widget.handlePServerResponse('?', 'r1')).toThrow(SyntaxError);
    await expect(asking).rejects.toThrow('did not reach its callback: SyntaxError');

    const bad = (): never => {
      throw new Error('signed out');
    };
    const other = initialized({ pDelegate: { sendRequestToPServer: () => {}, sessionError: bad } }).widget;
    const failing = other.request('pserver', {}, { requestId: 'r1' });
    expect(() => other.handlePServerResponse({}, 'r1')).toThrow('signed out');
    await expect(failing).rejects.toThrow('did not reach its callback: Error: signed out');
  });
});
