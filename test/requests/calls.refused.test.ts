import { describe, expect, it, vi } from 'vitest';
import { redactedCause } from '../../src/errors.ts';
import { isBanksideError } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

const body = { type: 'getInsights' };
const SECRET = 'IBAN-of-somebody';

describe('B3 a shape that fits none is an INVALID_CALL failure', () => {
  const withId: [string, unknown[]][] = [
    ['an id alone', ['r1']],
    ['an id and null', [null, 'r1']],
    ['three strings', ['r1', '{"a":1}', 'more']],
    ['three objects', [{}, body, {}, 'r1']],
    ['an id in the only object', [{ ...body, requestId: 'r1' }]],
    ['an id in the only text', ['{"requestId":"r1"}']],
    ['an id in json', [{ json: { requestId: 'r1' } }]],
    ['a React Native host’s arguments', [{}, { ...body, requestId: 'r1' }, {}]],
  ];
  it.each(withId)('B3 answered if an id can be found in it: %s', async (_, args) => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(...args);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['INVALID_CALL']);
    expect(transport.sent).toEqual([]);
  });

  it('B3 answered under a string that is JSON, but not of an object', async () => {
    const { delegate, widget } = setUp();
    delegate.sendRequestToPServer('"{"');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, '"{"']]);
  });

  it('B3 answered under a number too', async () => {
    const { delegate, widget } = setUp();
    delegate.sendRequestToPServer(7);
    delegate.sendRequestToPServer({ requestId: 0 });
    await turn();

    expect(widget.replies).toEqual([
      [FAILURE, 7],
      [FAILURE, 0],
    ]);
  });

  const withoutId: [string, unknown[]][] = [
    ['nothing', []],
    ['undefined', [undefined]],
    ['null', [null, null]],
    ['a body alone', [body]],
    ['NaN as id', [body, Number.NaN]],
    ['a boolean', [true]],
    ['a symbol', [Symbol('s')]],
    ['a bigint', [body, 1n]],
  ];
  it.each(withoutId)('B3 reported where there is no way to answer: %s', async (_, args) => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToEnrichServer(...args);
    await turn();

    expect(widget.replies).toEqual([]);
    expect(events.codes).toEqual(['INVALID_CALL']);
    expect(events.of('failure')[0]?.request).toBeUndefined();
    expect(transport.sent).toEqual([]);
  });

  it.each([
    ['callbacks alone', (ok: unknown, error: unknown) => [ok, error]],
    ['three functions', (ok: unknown, error: unknown) => [body, ok, error, () => undefined]],
  ])('B3 %s: onError is called', async (_, args) => {
    const { delegate, transport, events } = setUp();
    const onSuccess = vi.fn();
    const onError = vi.fn();
    delegate.sendRequestToPServer(...args(onSuccess, onError));
    await turn();

    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
    expect(events.codes).toEqual(['INVALID_CALL']);
    expect(transport.sent).toEqual([]);
  });

  const messages: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a string', 'sendRequestToPServer'],
    ['no name', { json: { requestData: body } }],
    ['no body', { requestString: 'sendRequestToPServer' }],
    ['a number as name', { requestString: 5, json: { requestData: body } }],
    ['no id', { requestString: 'sendRequestToPServer', json: { requestData: body } }],
  ];
  it.each(messages)('B3 a message with %s', async (_, message) => {
    const { delegate, transport, widget, events } = setUp();
    delegate.handlePersoEvent(message);
    await turn();

    expect(events.types).toEqual(['failure']);
    expect(events.codes).toEqual(['INVALID_CALL']);
    expect(widget.replies).toEqual([]);
    expect(transport.sent).toEqual([]);
  });

  it.each([
    ['without a body', { requestString: 'sendRequestToPServer', requestId: 'r1' }],
    [
      'with a body that is not valid',
      { requestString: 'sendRequestToPServer', json: { requestData: 5, requestId: 'r1' } },
    ],
    ['with json of text', { requestString: 'sendRequestToPServer', json: 'x', requestId: 'r1' }],
    ['without a name', { json: { requestData: body, requestId: 'r1' } }],
  ])('B3 a message %s is answered if it has an id', async (_, message) => {
    const { delegate, transport, widget, events } = setUp();
    delegate.widgetEventHandler(message);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['INVALID_CALL']);
    // Where it does not say which server it means, too.
    expect(events.of('failure')[0]?.request?.server).toBe('pserver');
    expect(transport.sent).toEqual([]);
  });

  it('B3 T4 the cause has the name of what the widget’s own object threw', async () => {
    const { delegate, events } = setUp();
    const boom = new RangeError('x');
    const throwing = Object.defineProperty({}, 'requestString', {
      get: () => {
        throw boom;
      },
    });
    delegate.sendRequestToPServer(throwing, 'r1');
    await turn();

    expect(events.errors).toMatchObject([{ code: 'INVALID_CALL', cause: redactedCause(boom) }]);
  });

  it('B3 the error says what was expected and what came, and shows none of it', async () => {
    const { delegate, events } = setUp();
    delegate.sendRequestToOBServer({ type: SECRET }, { authToken: SECRET }, { c: SECRET }, `r-${SECRET}`);
    delegate.handlePersoEvent(SECRET);
    await turn();

    for (const error of events.errors) {
      if (!isBanksideError(error, 'INVALID_CALL')) throw error;
      expect(error.details.expected).toMatch(/\(.*body.*\)|\{.*requestData.*\}/);
      expect(error.details.received).toMatch(/object|string/);
      expect(`${error.message} ${JSON.stringify(error.details)} ${error.stack}`).not.toContain(SECRET);
    }
    expect(events.errors.map(({ details }) => (details as { call?: string }).call)).toEqual([
      'sendRequestToOBServer',
      'handlePersoEvent',
    ]);
  });
});

describe('B3 no function of the delegate ever throws into the widget', () => {
  const fail = (): never => {
    throw new Error('from the widget’s own object');
  };
  const throwing = (name: string): object => Object.defineProperty({}, name, { get: fail, enumerable: true });
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const trapped = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
  const circular: { self?: unknown; type: string } = { type: 'getInsights' };
  circular.self = circular;

  const hostile: [string, unknown][] = [
    ['a getter of `type` that throws', throwing('type')],
    ['a getter of `requestString` that throws', throwing('requestString')],
    ['a getter of `requestId` that throws', throwing('requestId')],
    ['a getter of `json` that throws', throwing('json')],
    ['a proxy whose traps throw', trapped],
    ['a revoked proxy', revoked()],
    ['an object without a prototype', Object.create(null)],
    ['an object that contains itself', circular],
    ['an object whose toJSON throws', { toJSON: fail }],
    ['an object whose toString throws', { toString: fail, [Symbol.toPrimitive]: fail }],
    ['a date', new Date(Number.NaN)],
  ];

  it.each(hostile)('B1 %s as body: one answer', async (_, value) => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(value, 'r1');
    transport.sent[0]?.answer({});
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1']);
  });

  it.each(hostile)('B1 %s as headers: one answer', async (_, value) => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(value, body, 'r1');
    transport.sent[0]?.answer({});
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1']);
  });

  it.each(hostile)('B1 %s beside callbacks: one of them is called', async (_, value) => {
    const { delegate, transport } = setUp();
    const callback = vi.fn();
    delegate.sendRequestToPServer(value, callback, callback);
    transport.sent[0]?.answer({});
    await turn();

    expect(callback).toHaveBeenCalledTimes(1);
  });

  it.each(hostile)('B1 %s in a message: one answer', async (_, value) => {
    const { delegate, transport, widget } = setUp();
    const requestString = 'sendRequestToPServer';
    delegate.handlePersoEvent(value);
    delegate.handlePersoEvent({
      requestString,
      requestHeaders: value,
      json: { requestData: body },
      requestId: 1,
    });
    delegate.handlePersoEvent({ requestString, json: { requestData: value }, requestId: 2 });
    delegate.handlePersoEvent({ requestString, json: value, requestId: 3 });
    delegate.handlePersoEvent({ requestString: value, json: { requestData: body }, requestId: 4 });
    for (const { answer } of transport.sent) answer({});
    await turn();

    expect(widget.replies.map(([, id]) => id).sort()).toEqual([1, 2, 3, 4]);
  });

  it.each(hostile)('B3 %s in a notice', (_, value) => {
    const { delegate } = setUp();

    expect(() => delegate.widgetEvent(value, value)).not.toThrow();
    expect(() => delegate.navigateToPage(value)).not.toThrow();
  });
});

describe('B3 huge ids', () => {
  it.each([1e21, Number.MAX_SAFE_INTEGER, 5e-324, 'x'.repeat(256)])('B3 %d', async (id) => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(body, id);
    transport.last.answer({});
    await turn();

    expect(widget.replies).toEqual([[{}, id]]);
  });
});
