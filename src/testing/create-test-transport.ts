import type { Transport, TransportContext, WidgetRequest } from '../index.ts';

/** A request in flight, which the test ends. */
export interface SentRequest {
  /** The request, as the transport got it. */
  readonly request: WidgetRequest;
  /** The signal and the deadline that the bridge passed. */
  readonly context: TransportContext;
  /** Answers like a server: with an object, JSON text, or Base64 of JSON. A second answer has no effect. */
  answer(response: unknown): void;
  /** Rejects, as if the channel had failed. */
  fail(error: unknown): void;
}

/** A transport that sends nothing. */
export interface TestTransport extends Transport {
  send(request: WidgetRequest, context: TransportContext): Promise<unknown>;
  /** All requests, in order. */
  readonly sent: readonly SentRequest[];
  /** The same requests, as the transport got them. */
  readonly requests: readonly WidgetRequest[];
  /** The requests in flight: neither answered, nor failed, nor aborted by the bridge. */
  readonly waiting: readonly SentRequest[];
  /**
   * The newest request.
   *
   * @throws Error without any request.
   */
  readonly last: SentRequest;
  /** Resolves with the next request. */
  next(): Promise<SentRequest>;
}

/**
 * A transport for tests. It keeps the requests, and the test answers them. It needs no network, no server and no msw.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { WidgetBridge } from 'bankside';
 * import { createTestTransport } from 'bankside/testing';
 *
 * const transport = createTestTransport();
 * const bridge = new WidgetBridge({ transport });
 * const reply = bridge.send('pserver', { type: 'getNumberOfInsights' });
 * assert.equal(transport.last.request.type, 'getNumberOfInsights');
 * transport.last.answer({ ok: true, numberOfInsights: 6 });
 * assert.deepEqual(await reply, { ok: true, numberOfInsights: 6 });
 * assert.equal(transport.waiting.length, 0);
 * ```
 */
export function createTestTransport(): TestTransport {
  const sent: SentRequest[] = [];
  const ended = new WeakSet<SentRequest>();
  const waiters: ((request: SentRequest) => void)[] = [];
  return {
    send(request, context) {
      return new Promise((resolve, reject) => {
        const endWith =
          (settle: (value: unknown) => void): ((value: unknown) => void) =>
          (value) => {
            ended.add(one);
            settle(value);
          };
        const one: SentRequest = { request, context, answer: endWith(resolve), fail: endWith(reject) };
        sent.push(one);
        for (const resolveNext of waiters.splice(0)) resolveNext(one);
      });
    },
    sent,
    get requests() {
      return sent.map(({ request }) => request);
    },
    get waiting() {
      return sent.filter((one) => !ended.has(one) && !one.context.signal.aborted);
    },
    get last() {
      const last = sent[sent.length - 1];
      if (!last) throw new Error('No request was sent');
      return last;
    },
    next: () => new Promise((resolve) => waiters.push(resolve)),
  };
}
