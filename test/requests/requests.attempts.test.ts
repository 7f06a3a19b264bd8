import { expect, it, onTestFinished } from 'vitest';
import { type BridgeEvents, type RequestAttempt, type Transport, WidgetBridge } from '../../src/index.ts';

/** A bridge, the contexts that its transport got, and the attempts that it reported. */
function watched(send: Transport['send'] = () => undefined) {
  const contexts: Parameters<Transport['send']>[1][] = [];
  const transport: Transport = {
    send(request, context) {
      contexts.push(context);
      return send(request, context);
    },
  };
  const bridge = new WidgetBridge({ transport });
  // The timer of a pending request would ring in the middle of a later file, and set another one on that file's clock.
  onTestFinished(() => bridge.dispose());
  const reported: BridgeEvents['attempt'][] = [];
  bridge.on('attempt', (event) => reported.push(event));
  return { bridge, contexts, reported };
}

it('B9 what a transport reports is an event until its request has ended', () => {
  const { bridge, contexts, reported } = watched();
  bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, 7);
  contexts[0]?.attempt?.({ state: 'token', count: 0 });
  contexts[0]?.attempt?.({ state: 'sent', count: 1 });
  bridge.handlePServerResponse({ ok: true }, 7);
  contexts[0]?.attempt?.({ state: 'retry', count: 1, retryIn: 400 });
  expect(reported).toMatchObject([
    { state: 'token', count: 0, request: { requestId: 7, server: 'pserver', type: 'getInsights' } },
    { state: 'sent', count: 1 },
  ]);
});

it('B7 an id that is used again does not give the first request a voice', () => {
  const { bridge, contexts, reported } = watched();
  bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, 7);
  bridge.handlePServerResponse({ ok: true }, 7);
  bridge.delegate.sendRequestToPServer({ type: 'getNumberOfInsights' }, 7);
  contexts[0]?.attempt?.({ state: 'sent', count: 1 });
  contexts[1]?.attempt?.({ state: 'sent', count: 1 });
  expect(reported.map(({ request }) => request.type)).toEqual(['getNumberOfInsights']);
});

it('B1 a transport that reports during its call does not disturb it, nor does one that reports nonsense', async () => {
  const { bridge, reported } = watched((_request, { attempt }) => {
    attempt?.({ state: 'sent', count: 1 });
    attempt?.(undefined as unknown as RequestAttempt);
    attempt?.({ request: 'another' } as unknown as RequestAttempt);
    return { ok: true };
  });
  await expect(bridge.send('ob', { type: 'getAccounts' })).resolves.toEqual({ ok: true });
  expect(reported.map(({ request }) => request.server)).toEqual(['ob', 'ob', 'ob']);
});

it('T2 the context can be spread by a transport that wraps another', () => {
  const { bridge, contexts, reported } = watched();
  void bridge.send('ob', { type: 'getAccounts' }).catch(() => undefined);
  const { attempt } = { ...(contexts[0] as object) } as { attempt?: (attempt: RequestAttempt) => void };
  attempt?.({ state: 'sent', count: 1 });
  expect(reported).toHaveLength(1);
});
