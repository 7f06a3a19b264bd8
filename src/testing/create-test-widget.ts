import type { EventDelegate, ServerName } from '../index.ts';
import { type CallShape, hasCallbacks, type Sender, shapeCall } from './call-shapes.ts';

const SENDERS: Readonly<Record<ServerName, Sender>> = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/** One answer that the widget got. */
export interface TestReply {
  /** What came. */
  readonly response: unknown;
  /** The id, as it came: of callbacks, the id of the request that they were given with. */
  readonly requestId: unknown;
  /** By which of the widget's functions. */
  readonly through: 'handlePServerResponse' | 'onSuccess' | 'onError' | 'callback';
}

/** How a test widget asks. */
export interface TestAskOptions {
  /** Default: a new one. Shape c makes a text of it; e and f send none. */
  readonly requestId?: string | number;
  /** For the shapes that have some: a and d. Default: `null`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stand-in for the vendor's widget, whose calls have one of its shapes. */
export interface TestWidget {
  /** The shape of its calls. */
  readonly shape: CallShape;
  /** Takes the delegate, as the vendor's function does. What `attach` puts on the widget itself is found without. */
  initialize(options: { readonly eventsDelegate: Partial<EventDelegate> }): void;
  /** The widget's reply function. */
  handlePServerResponse(response: unknown, requestId: string | number): void;
  /**
   * Asks, and resolves with the first answer, be it a failure's. It rejects where the answer is no right one.
   *
   * @throws Error Rejects where the page has no function to call, and with what `assertExactlyOnce` would throw.
   */
  request(server: ServerName, body: object, options?: TestAskOptions): Promise<unknown>;
  /** All answers, in order. */
  readonly replies: readonly TestReply[];
  /**
   * Behaviour B1: every request was answered once, after the delegate's function had returned, under the id that
   * it was asked with, and by the way that its shape has. Call it at the end of a test.
   *
   * @throws Error Tells each request for which that does not hold.
   */
  assertExactlyOnce(): void;
}

interface Asked {
  readonly id: string | number;
  readonly what: string;
  isCalling: boolean;
  answers: number;
  resolve(response: unknown): void;
  reject(error: Error): void;
}

/**
 * A stand-in for the vendor's widget that calls the page in one of the six shapes, and checks what it is answered.
 *
 * @param shape `'a'` to `'f'`, as in {@link CallShape}.
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { WidgetBridge } from 'bankside';
 * import { createTestTransport, createTestWidget } from 'bankside/testing';
 *
 * const transport = createTestTransport();
 * const bridge = new WidgetBridge({ transport });
 * const widget = createTestWidget('a');
 * bridge.attach(widget);
 * widget.initialize({ eventsDelegate: bridge.delegate });
 *
 * const reply = widget.request('pserver', { type: 'getInsights' });
 * transport.last.answer({ ok: true, insights: [] });
 * assert.deepEqual(await reply, { ok: true, insights: [] });
 * widget.assertExactlyOnce();
 * ```
 */
export function createTestWidget(shape: CallShape): TestWidget {
  const asked: Asked[] = [];
  const replies: TestReply[] = [];
  const faults: string[] = [];
  let delegate: Readonly<Record<string, unknown>> | undefined;

  const fault = (text: string, one?: Asked): void => {
    const told = `Test widget, shape ${shape}: ${text}`;
    faults.push(told);
    one?.reject(new Error(told));
  };

  const take = (one: Asked, response: unknown, through: TestReply['through']): void => {
    one.answers += 1;
    if (one.isCalling) fault(`${one.what} was answered before the delegate’s function had returned`, one);
    if (one.answers > 1) fault(`${one.what} was answered ${one.answers} times, now through ${through}`, one);
    one.resolve(response);
  };

  const widget: TestWidget = {
    shape,
    replies,
    initialize({ eventsDelegate }) {
      delegate = eventsDelegate as Readonly<Record<string, unknown>>;
    },
    handlePServerResponse(response, requestId) {
      replies.push({ response, requestId, through: 'handlePServerResponse' });
      const same = asked.filter(({ id }) => id === requestId);
      // An id may be used again once it was answered.
      const one = same.find(({ answers }) => answers === 0) ?? same.at(-1);
      if (hasCallbacks(shape)) fault(`an answer under ${show(requestId)} came to the reply function`, one);
      else if (one) take(one, response, 'handlePServerResponse');
      else fault(`an answer came under ${show(requestId)}, which is the id of no request`);
    },
    request(server, body, { requestId = `test-${asked.length + 1}`, headers } = {}) {
      return new Promise((resolve, reject) => {
        const id = shape === 'c' ? `${requestId}` : requestId;
        const what = `the request ${show(id)} to ${server}`;
        const one: Asked = { id, what, isCalling: true, answers: 0, resolve, reject };
        const to = (through: TestReply['through']) => (response: unknown) => {
          replies.push({ response, requestId: id, through });
          take(one, response, through);
        };
        const ask = { sender: SENDERS[server], body, requestId, headers: headers ?? null };
        const { name, args } = shapeCall(shape, ask, {
          onSuccess: to('onSuccess'),
          onError: to('onError'),
          callback: to('callback'),
        });
        const call = delegate?.[name] ?? (widget as unknown as Readonly<Record<string, unknown>>)[name];
        if (typeof call !== 'function') {
          reject(
            new Error(
              `Test widget, shape ${shape}: there is no ${name} to call. Hand the delegate over with initialize, or attach the bridge to the widget.`,
            ),
          );
          return;
        }
        asked.push(one);
        try {
          call(...args);
        } catch (thrown) {
          fault(`${name} threw ${thrown}`, one);
        } finally {
          one.isCalling = false;
        }
      });
    },
    assertExactlyOnce() {
      const open = asked
        .filter(({ answers }) => answers === 0)
        .map(({ what }) => `Test widget, shape ${shape}: ${what} was not answered`);
      const all = [...faults, ...open];
      if (all.length) throw new Error(all.join('\n'));
    },
  };
  return widget;
}

/** With its type, which is a part of an id. */
function show(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id) : String(id);
}
