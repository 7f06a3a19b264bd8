import type { Transport, TransportContext, WidgetRequest } from '../index.ts';

/** One request on its way, which the test ends. */
export interface SentRequest {
  /** The request, as the transport got it. */
  readonly request: WidgetRequest;
  /** What the bridge told beside it: the signal and the deadline. */
  readonly context: TransportContext;
  /** Answers as a server would: an object, JSON text, or Base64 of it. A second answer changes nothing. */
  answer(response: unknown): void;
  /** Lets the channel fail. */
  fail(error: unknown): void;
}

/** A transport that sends nothing by itself. */
export interface TestTransport extends Transport {
  send(request: WidgetRequest, context: TransportContext): Promise<unknown>;
  /** All that was sent, in order. */
  readonly sent: readonly SentRequest[];
  /** The same as the transport got it. */
  readonly requests: readonly WidgetRequest[];
  /** Those that are still to be ended: neither answered, nor failed, nor given up by the bridge. */
  readonly waiting: readonly SentRequest[];
  /**
   * What was sent last.
   *
   * @throws Error Where nothing was.
   */
  readonly last: SentRequest;
  /** The next request that is sent from now on. */
  next(): Promise<SentRequest>;
}

/**
 * A transport that a test holds in its hand: it keeps what it is to send, and the test answers when, and as it
 * wants. Without a network, a server or msw's handlers.
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
  const expecting: ((request: SentRequest) => void)[] = [];
  return {
    send(request, context) {
      return new Promise((resolve, reject) => {
        const ending =
          (settle: (value: unknown) => void): ((value: unknown) => void) =>
          (value) => {
            ended.add(one);
            settle(value);
          };
        const one: SentRequest = { request, context, answer: ending(resolve), fail: ending(reject) };
        sent.push(one);
        for (const tell of expecting.splice(0)) tell(one);
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
      if (!last) throw new Error('Nothing was sent');
      return last;
    },
    next: () => new Promise((resolve) => expecting.push(resolve)),
  };
}
