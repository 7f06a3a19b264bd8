import { describe, expect, it, vi } from 'vitest';
import {
  type AnyBanksideError,
  asBase64,
  BanksideError,
  type BridgeOptions,
  type ErrorCode,
  type WidgetBridge,
} from '../../src/index.ts';
import { observeLife } from '../../src/monitoring.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { reported, setUp } = bridgeTests();

const BODY = { type: 'getInsights' };
const boom = new RangeError('secret-of-somebody');
const fail = (): never => {
  throw boom;
};

const about = { requestId: 'r1', server: 'pserver', type: 'getInsights', elapsed: 0 } as const;

type Parts = ReturnType<typeof setUp>;

type End = readonly [ErrorCode, (parts: Parts) => void, Partial<BridgeOptions>];

/** How a request fails with each code. */
const ends: readonly End[] = [
  ['TIMEOUT', () => vi.advanceTimersByTime(30_000), {}],
  ['NETWORK', ({ transport }) => transport.last.fail(new Error('x')), {}],
  ['HTTP', ({ transport }) => transport.last.fail(errorOf('HTTP')), {}],
  ['UNAUTHORIZED', ({ transport }) => transport.last.fail(errorOf('UNAUTHORIZED')), {}],
  ['NO_ENDPOINT', ({ transport }) => transport.last.fail(errorOf('NO_ENDPOINT')), {}],
  ['INVALID_RESPONSE', ({ transport }) => transport.last.answer('<html>'), {}],
  ['ABORTED', ({ bridge, widget }) => void bridge.attach(widget, {}), {}],
  ['DISPOSED', ({ bridge }) => bridge.dispose(), {}],
  ['INVALID_OPTIONS', () => {}, { timeout: () => -1 }],
];

function errorOf(code: 'HTTP' | 'UNAUTHORIZED' | 'NO_ENDPOINT'): AnyBanksideError {
  return new BanksideError(code, 'x', { ...about, status: 401 }) as AnyBanksideError;
}

/** A request that fails this way, and what was emitted and answered for it. */
async function failed([, run, more]: End, options: Partial<BridgeOptions>) {
  const parts = setUp({ ...options, ...more });
  parts.delegate.sendRequestToPServer(BODY, 'r1');
  run(parts);
  await turn();
  return parts;
}

describe.each(ends)('B1 S4 a request that ends with %s', (code, run, more) => {
  const end: End = [code, run, more];
  const [thrown] = [{ code: 'INVALID_OPTIONS', cause: { name: 'RangeError' } }];

  it.each<[string, Partial<BridgeOptions>, unknown, string[]]>([
    ['failureReply throws', { failureReply: fail }, FAILURE, ['failureReply']],
    [
      'failureReply throws, in Base64',
      { failureReply: fail, reply: asBase64 },
      asBase64(FAILURE),
      ['failureReply'],
    ],
    ['reply throws', { reply: fail }, FAILURE, ['reply']],
    ['both throw', { reply: fail, failureReply: fail }, FAILURE, ['failureReply', 'reply']],
  ])(
    'B1 S4 and %s: its own failure comes first, and what threw after it',
    async (_what, options, reply, names) => {
      const { widget, events } = await failed(end, options);
      const [first, ...others] = events.of('failure');

      expect(first).toMatchObject({
        error: { code },
        request: { requestId: 'r1' },
        duration: expect.any(Number),
      });
      expect(others).toEqual(names.map(() => ({ error: expect.any(BanksideError) })));
      expect(others.map(({ error }) => error)).toMatchObject(
        names.map((option) => ({ ...thrown, details: { option } })),
      );
      expect(widget.replies).toEqual([[reply, 'r1']]);
    },
  );

  it('B1 S4 and the functions return promises: they are refused likewise, and no rejection is left', async () => {
    const late = async (): Promise<never> => fail();
    const { widget, events } = await failed(end, { reply: late, failureReply: late });

    expect(events.errors).toMatchObject([
      { code },
      { details: { option: 'failureReply', received: 'one that returned a promise' } },
      { details: { option: 'reply', received: 'one that returned a promise' } },
    ]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(reported.splice(0)).toEqual([boom, boom]);
  });
});

describe('B1 S4 a request that the server answers', () => {
  it.each<[string, Partial<BridgeOptions>]>([
    ['throws', { reply: fail }],
    ['throws, and failureReply would', { reply: fail, failureReply: fail }],
  ])('B1 S4 fails where reply %s', async (_what, options) => {
    const { delegate, transport, widget, events } = setUp(options);
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.answer({ ok: true });
    await turn();

    expect(events.of('failure')).toMatchObject([
      { error: { code: 'INVALID_OPTIONS', details: { option: 'reply' } }, request: { requestId: 'r1' } },
    ]);
    expect(events.of('reply')).toEqual([]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });
});

describe('B1 S4 a failure reply that throws', () => {
  it('B1 S4 is reported once, where callers have joined the request', async () => {
    const { delegate, widget, events } = setUp({ failureReply: fail });
    const callback = vi.fn();
    delegate.sendRequestToPServer(null, BODY, 'r1', callback);
    delegate.sendRequestToPServer(null, BODY, 'r1');
    await turn();
    vi.advanceTimersByTime(30_000);
    await turn();

    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'TIMEOUT', 'INVALID_OPTIONS']);
    expect(callback.mock.calls).toEqual([[FAILURE]]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B1 S4 is not asked for the page’s own command', async () => {
    const { bridge, events } = setUp({ failureReply: fail });
    const sending = bridge.send('pserver', BODY).catch(({ code }: AnyBanksideError) => code);
    vi.advanceTimersByTime(30_000);

    expect(await sending).toBe('TIMEOUT');
    expect(events.codes).toEqual(['TIMEOUT']);
  });

  it('B1 S4 is reported also where no widget can be answered', async () => {
    const { bridge, events } = setUp({ failureReply: fail });
    bridge.attach(() => undefined);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(30_000);
    await turn();

    expect(events.errors).toMatchObject([
      { code: 'NO_CHANNEL', cause: { code: 'TIMEOUT' } },
      { code: 'INVALID_OPTIONS', details: { option: 'failureReply' } },
    ]);
  });

  it('B1 S4 ends the request once for an observer as well', async () => {
    const parts = setUp({ failureReply: fail });
    const seen: unknown[] = [];
    const stop = observeLife(parts.bridge as WidgetBridge, undefined, (event) => seen.push(event));
    parts.delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(30_000);
    await turn();
    stop();

    expect(seen).toMatchObject([
      { kind: 'request', call: 1 },
      { kind: 'failure', call: 1, code: 'TIMEOUT' },
      { kind: 'failure', code: 'INVALID_OPTIONS' },
    ]);
    expect(seen[2]).not.toHaveProperty('call');
  });
});
