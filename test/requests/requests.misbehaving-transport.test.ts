import { expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUpWith } = bridgeTests();

type Settle = (value?: unknown) => void;

const REPLY = { ok: true };
const ENTERED = { entered: true };

/** How a transport's `send` may behave, and what the widget must get for it. `enter` hands a reply over at the bridge's entry point. */
const ways: Record<string, [send: (enter: () => void) => unknown, expected: unknown]> = {
  'answers at once': [() => REPLY, REPLY],
  'answers with nothing at once': [() => null, { ok: true, status: '200' }],
  throws: [() => fail(new Error('x')), FAILURE],
  'throws undefined': [() => fail(undefined), FAILURE],
  'rejects with nothing': [() => Promise.reject(), FAILURE],
  'answers with a thenable': [() => thenable({ value: (resolve: Settle) => resolve(REPLY) }), REPLY],
  'answers with a thenable of a promise': [
    () => thenable({ value: (resolve: Settle) => resolve(Promise.resolve(REPLY)) }),
    REPLY,
  ],
  'answers with a thenable that settles more than once, then throws': [
    () =>
      thenable({
        value: (resolve: Settle, reject: Settle) => {
          resolve(REPLY);
          resolve({ second: true });
          reject(new Error('x'));
          throw new Error('y');
        },
      }),
    REPLY,
  ],
  'answers with a thenable that rejects': [
    () => thenable({ value: (_: Settle, reject: Settle) => reject() }),
    FAILURE,
  ],
  'answers with a thenable whose `then` throws': [
    () => thenable({ get: () => fail(new Error('x')) }),
    FAILURE,
  ],
  'uses the entry point, and answers at once': [(enter) => [enter(), REPLY][1], ENTERED],
  'uses the entry point, and answers later': [
    (enter) => {
      enter();
      return Promise.resolve(REPLY);
    },
    ENTERED,
  ],
  'uses the entry point twice': [
    (enter) => {
      enter();
      enter();
    },
    ENTERED,
  ],
  'uses the entry point, and throws': [(enter) => fail(enter()), ENTERED],
  'uses the entry point, and rejects': [(enter) => Promise.reject(enter()), ENTERED],
  'answers and then uses the entry point': [
    (enter) => {
      queueMicrotask(() => queueMicrotask(enter));
      return REPLY;
    },
    REPLY,
  ],
  'answers with a number': [() => 5, FAILURE],
  'answers with a function': [() => () => REPLY, FAILURE],
  'answers with HTML': [() => '<!doctype html>', FAILURE],
  'answers with a Response, whose body nobody has read': [() => new Response('{}'), FAILURE],
};

it.each(Object.keys(ways))('B1 one reply from a transport that %s', async (way) => {
  const [send, expected] = ways[way] ?? [];
  const { bridge, delegate, widget, events } = setUpWith({
    send: ({ requestId }) => send?.(() => bridge.handlePServerResponse(ENTERED, requestId)),
  });
  delegate.sendRequestToPServer({ type: 'getInsights' }, 'r1');
  await turn();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(widget.replies).toEqual([[expected, 'r1']]);
  expect(events.of('reply').length + events.of('failure').length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('B1 one reply from a transport without a `send` any more', async () => {
  const transport: { send?: () => unknown } = { send: () => REPLY };
  const { delegate, widget, events } = setUpWith(transport as { send(): unknown });
  delete transport.send;
  delegate.sendRequestToPServer({ type: 'getInsights' }, 'r1');
  await turn();

  expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  expect(events.codes).toEqual(['NETWORK']);
});

function fail(error: unknown): never {
  throw error;
}

function thenable(then: PropertyDescriptor): object {
  return Object.defineProperty({}, 'then', then);
}
