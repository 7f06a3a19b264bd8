import { describe, expect, it, vi } from 'vitest';
import { minLength, number, object, string } from 'zod/mini';
import { redactedCause } from '../../src/errors.ts';
import { isBanksideError, type StandardSchemaV1 } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { countListeners } from './fixtures/listeners.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const COMMAND = { type: 'getNumberOfInsights', lang: 'en' };

describe('send, the page’s own commands', () => {
  it.each(['pserver', 'enrich', 'ob'] as const)('B1 %s: resolves with the parsed reply', async (server) => {
    const { bridge, transport, widget, events } = setUp();
    const reply = bridge.send(server, COMMAND);
    expect(transport.last.request).toMatchObject({
      requestId: expect.stringMatching(/^bankside-[0-9a-z]+$/),
      server,
      type: 'getNumberOfInsights',
      body: COMMAND,
      headers: {},
    });
    transport.last.answer('{"ok":true}');

    expect(await reply).toEqual({ ok: true });
    expect(widget.replies).toEqual([]);
    expect(events.types).toEqual(['request', 'reply']);
  });

  it('B1 rejects with the same error object as the failure event', async () => {
    const { bridge, transport, events } = setUp();
    const reply = bridge.send('pserver', COMMAND);
    transport.last.fail(new Error('x'));
    const error = await reply.catch((thrown: unknown) => thrown);

    expect(isBanksideError(error, 'NETWORK')).toBe(true);
    expect(events.errors).toEqual([error]);
  });

  it('B2 takes its reply at the entry point too', async () => {
    const { bridge, transport } = setUpWith({ send: vi.fn() });
    const reply = bridge.send('pserver', COMMAND);
    bridge.handlePServerResponse('{"ok":true}', transport.send.mock.calls[0]?.[0].requestId);

    expect(await reply).toEqual({ ok: true });
  });

  it('B1 needs no widget', async () => {
    const { bridge, widget } = setUpWith({ send: () => ({ ok: true }) });
    bridge.attach(widget, {})();

    expect(await bridge.send('pserver', COMMAND)).toEqual({ ok: true });
  });

  it('B11 an empty answer becomes a plain success', async () => {
    const { bridge } = setUpWith({ send: () => null });

    expect(await bridge.send('pserver', COMMAND)).toEqual({ ok: true, status: '200' });
  });
});

describe('send with a timeout', () => {
  it('B6 of its own', async () => {
    const { bridge } = setUp({ timeout: 10 });
    const reply = bridge.send('pserver', COMMAND, { timeout: 100 });
    const ended = vi.fn();
    reply.catch(ended);
    await vi.advanceTimersByTimeAsync(99);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);

    await expect(reply).rejects.toMatchObject({ code: 'TIMEOUT', details: { timeout: 100 } });
  });

  it('B6 the bridge’s by default, and for ever with false', async () => {
    const { bridge } = setUp({ timeout: 10 });
    const ended = vi.fn();
    bridge.send('pserver', COMMAND, { timeout: false }).catch(ended);
    const byDefault = bridge
      .send('pserver', COMMAND, { timeout: undefined })
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000_000);

    expect(await byDefault).toMatchObject({ code: 'TIMEOUT', details: { timeout: 10 } });
    expect(ended).not.toHaveBeenCalled();
  });
});

describe('send with a signal', () => {
  it('B9 an abort gives it up, at the transport too', async () => {
    const { bridge, transport, events } = setUp();
    const controller = new AbortController();
    const reply = bridge.send('pserver', COMMAND, { signal: controller.signal });
    const { signal } = transport.last.context;
    controller.abort('the user went on');

    await expect(reply).rejects.toMatchObject({ code: 'ABORTED', cause: 'the user went on' });
    expect(signal.aborted).toBe(true);
    expect(events.codes).toEqual(['ABORTED']);
  });

  it('B9 one that is aborted already sends nothing', async () => {
    const { bridge, transport } = setUp();
    const signal = AbortSignal.abort('too late');

    await expect(bridge.send('pserver', COMMAND, { signal })).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'too late',
    });
    expect(transport.sent).toEqual([]);
  });

  it('B9 one that aborts while the request is sent', async () => {
    const listeners = countListeners();
    const controller = new AbortController();
    const { bridge } = setUpWith({ send: () => controller.abort('now') });

    await expect(bridge.send('pserver', COMMAND, { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'now',
    });
    expect(listeners()).toBe(0);
  });

  it('B9 an abort after the reply changes nothing', async () => {
    const { bridge, events } = setUpWith({ send: () => ({ ok: true }) });
    const controller = new AbortController();
    expect(await bridge.send('pserver', COMMAND, { signal: controller.signal })).toEqual({ ok: true });
    controller.abort();

    expect(events.types).toEqual(['request', 'reply']);
  });

  it('B9 a hundred commands on one signal end with it, and leave no listener', async () => {
    const listeners = countListeners();
    const { bridge } = setUp();
    const controller = new AbortController();
    const replies = Array.from({ length: 100 }, () =>
      bridge.send('pserver', COMMAND, { signal: controller.signal }),
    );
    expect(listeners()).toBe(100);
    controller.abort();

    for (const { status } of await Promise.allSettled(replies)) expect(status).toBe('rejected');
    expect(listeners()).toBe(0);
  });
});

describe('send with a schema', () => {
  const schema = object({ name: string().check(minLength(1)), nested: object({ count: number() }) });

  it('S4 resolves with the schema’s output', async () => {
    const { bridge } = setUpWith({ send: () => ({ name: 'a', nested: { count: 1 }, more: true }) });

    expect(await bridge.send('ob', COMMAND, { schema })).toEqual({ name: 'a', nested: { count: 1 } });
  });

  it('S4 rejects with INVALID_RESPONSE, which says where, and never what stands there', async () => {
    const { bridge } = setUpWith({ send: () => ({ name: '', nested: { count: 'secret-of-somebody' } }) });
    const error: unknown = await bridge.send('ob', COMMAND, { schema }).catch((thrown: unknown) => thrown);

    if (!isBanksideError(error, 'INVALID_RESPONSE')) throw error;
    expect(error.details).toMatchObject({ server: 'ob', type: 'getNumberOfInsights', elapsed: 0 });
    expect(error.details.received).toContain('nested.count');
    expect(error.details.received).toContain('name');
    expect(`${error.message}${JSON.stringify(error.details)}${String(error.cause)}`).not.toContain('secret');
  });

  it('S4 of a path, errors show only what looks like the name of a field: the keys of a record are data', async () => {
    const path = ['accounts', 'DE89370400440532013000', 'o.miller@bank.example', '+49 30 123', 2, 'balance'];
    const failing: StandardSchemaV1 = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: '', path }] }) },
    };
    const { bridge } = setUpWith({ send: () => ({}) });
    const error: unknown = await bridge
      .send('ob', COMMAND, { schema: failing })
      .catch((thrown: unknown) => thrown);

    if (!isBanksideError(error, 'INVALID_RESPONSE')) throw error;
    expect(error.details.received).toBe("another at 'accounts.….….….2.balance'");
  });

  it('S4 understands every form of path that Standard Schema has', async () => {
    const issues = [
      { message: 'secret' },
      { message: 'secret', path: ['a', 0, { key: 'b' }] },
      { message: 'secret', path: [Symbol('c')] },
    ];
    const failing: StandardSchemaV1 = {
      '~standard': { version: 1, vendor: 'test', validate: async () => ({ issues }) },
    };
    const { bridge } = setUpWith({ send: () => ({}) });

    await expect(bridge.send('ob', COMMAND, { schema: failing })).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      details: { expected: 'what the schema says', received: "another at '', 'a.0.b', 'Symbol(c)'" },
    });
  });

  it('B1 a schema is not asked about a failure', async () => {
    const validate = vi.fn();
    const { bridge, transport } = setUp();
    const reply = bridge.send('ob', COMMAND, {
      schema: { '~standard': { version: 1, vendor: 'test', validate } },
    });
    transport.last.fail(new Error('x'));

    await expect(reply).rejects.toMatchObject({ code: 'NETWORK' });
    expect(validate).not.toHaveBeenCalled();
  });

  it('B9 a schema that throws leaves nothing behind', async () => {
    const boom = new Error('x');
    const { bridge } = setUpWith({ send: () => ({}) });
    const throwing: StandardSchemaV1 = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => {
          throw boom;
        },
      },
    };

    await expect(bridge.send('ob', COMMAND, { schema: throwing })).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      cause: redactedCause(boom),
    });
    await turn();
    expect(bridge.getSnapshot().pending).toEqual([]);
  });
});
