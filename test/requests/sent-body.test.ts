import { describe, expect, it } from 'vitest';
import { type Transport, WidgetBridge } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { SENDERS } from '../bridge/fixtures/senders.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

/** Says one thing to who asks first, and another to who asks later. */
function changing(field: string, first: unknown, later: unknown): object {
  let reads = 0;
  return Object.defineProperty({ n: 1 }, field, {
    enumerable: true,
    get: () => {
      reads += 1;
      return reads > 1 ? later : first;
    },
  });
}

class Command {
  readonly type = 'getInsights';
}

class Disguised {
  readonly type = 'getInsights';
  toJSON(): object {
    return { type: 'transferMoney' };
  }
}

class Derived {
  get type(): string {
    return 'getInsights';
  }
}

const bodies: [string, () => object][] = [
  ['a toJSON of its own', () => ({ type: 'getInsights', toJSON: () => ({ type: 'transferMoney' }) })],
  ['a toJSON that it inherits', () => new Disguised()],
  ['a toJSON of a date', () => Object.assign(new Date(0), { type: 'getInsights', toJSON: () => ({ n: 1 }) })],
  ['a toJSON that comes later', () => Object.assign(changing('toJSON', undefined, () => ({ type: 'b' })))],
  ['an accessor that changes', () => changing('type', 'getInsights', 'transferMoney')],
  ['an accessor that it inherits', () => new Derived()],
  ['a type that it inherits', () => Object.create({ type: 'getInsights' })],
  ['a type that is not enumerable', () => Object.defineProperty({ n: 1 }, 'type', { value: 'getInsights' })],
  ['a type that is written as another', () => ({ type: { toJSON: () => 'transferMoney' } })],
  ['a type that is an object of text', () => ({ type: Object('transferMoney') })],
  ['a class', () => new Command()],
  ['an array with a type', () => Object.assign([1], { type: 'getInsights' })],
  ['an array with a toJSON', () => Object.assign([1], { toJSON: () => ({ type: 'transferMoney' }) })],
  [
    'a proxy whose fields are others than it says',
    () =>
      new Proxy(
        { type: 'getInsights' },
        { get: (_, name) => (name === 'type' ? 'transferMoney' : undefined) },
      ),
  ],
];

/** Writes a body as `httpTransport` does, and reads its type as the server does. */
function written(request: { body: unknown }): unknown {
  return (JSON.parse(JSON.stringify(request.body)) as { type?: unknown }).type;
}

describe('S3 the type of a request is the type of what is sent', () => {
  it.each(bodies)('S3 %s, in a call of the widget’s', (_, make) => {
    const { delegate, transport } = setUp();
    for (const [sender] of SENDERS) {
      delegate[sender](make(), sender);
      expect(written(transport.last.request)).toBe(transport.last.request.type);
      delegate[sender](make(), () => undefined);
      expect(written(transport.last.request)).toBe(transport.last.request.type);
    }
    expect(transport.sent).toHaveLength(2 * SENDERS.length);
  });

  it.each(bodies)('S3 %s, in a message', (_, make) => {
    const { bridge, transport } = setUp();
    bridge.handlePersoEvent({
      requestString: 'sendRequestToPServer',
      requestId: 'r1',
      json: { requestData: make() },
    });

    expect(written(transport.last.request)).toBe(transport.last.request.type);
  });

  it.each(bodies)('S3 %s, in a command of the page’s own', (_, make) => {
    const { bridge, transport } = setUp();
    void bridge.send('pserver', make()).catch(() => undefined);

    expect(written(transport.last.request)).toBe(transport.last.request.type);
  });

  it('S3 a type that all objects have been given is in no body', () => {
    const { delegate, transport } = setUp();
    Object.defineProperty(Object.prototype, 'type', {
      value: 'getInsights',
      configurable: true,
      writable: true,
    });
    try {
      delegate.sendRequestToPServer({ n: 1 }, 'r1');
      delegate.sendRequestToPServer('{"n":2}', 'r2');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'type');
    }

    expect(transport.requests.map(({ type }) => type)).toEqual([undefined, undefined]);
  });

  it.each([
    '{"type":"getInsights","type":"transferMoney"}',
    '{"type":"transferMoney","n":{"type":"x"},"type":"getInsights"}',
    '{"type":"getInsights","\\u0074ype":"transferMoney"}',
    '{"n":"\\"","type":"getInsights","a":["type",{"type":1}] , "type" : "transferMoney"}',
  ])('S3 a string that names two types has none, since servers may read either: %s', (text) => {
    const { delegate, transport } = setUp();
    delegate.sendRequestToPServer(text, 'r1');

    expect(transport.last.request).toMatchObject({ body: text, type: undefined });
  });

  it.each([
    '{"n":{"type":"x"},"type":"getInsights","list":[{"type":"y"}],"text":"\\",\\"type\\":\\"z\\""}',
    ' { "a" : "type" , "type" : "getInsights" , "b" : "type" } ',
  ])('S3 a nested type does not count: %s', (text) => {
    const { delegate, transport } = setUp();
    delegate.sendRequestToPServer(text, 'r1');

    expect(transport.last.request.type).toBe('getInsights');
  });

  it('S3 a plain object is still the very one that was given', () => {
    const { delegate, transport } = setUp();
    const body = { type: 'getInsights', own: { list: [1] } };
    delegate.sendRequestToPServer(body, 'r1');

    expect(transport.last.request).toMatchObject({ type: 'getInsights' });
    expect(transport.last.request.body).toBe(body);
  });

  it('S3 what JSON does not make an object of is refused', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(Object('{"type":"transferMoney"}'), 'r1');
    delegate.sendRequestToPServer({ type: 'getInsights', toJSON: () => '{"type":"transferMoney"}' }, 'r2');
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2']);
    expect(events.codes).toEqual(['INVALID_CALL', 'INVALID_CALL']);
    await expect(bridge.send('pserver', { toJSON: () => 'x' })).rejects.toMatchObject({
      code: 'INVALID_CALL',
      details: { call: 'send', expected: 'an object that can be written as JSON as body' },
    });
    expect(transport.sent).toEqual([]);
  });
});

describe('B4 what is no request never reaches a server, whatever its name was when it was looked at', () => {
  it.each([
    ['an accessor', () => changing('requestString', 'sendRequestToPServer', 'navigateToPage')],
    ['an accessor that was nothing before', () => changing('requestString', undefined, 'navigateToPage')],
    [
      'a toJSON',
      () => ({ requestString: 'sendRequestToPServer', toJSON: () => ({ requestString: 'navigateToPage' }) }),
    ],
    ['a name that is written as another', () => ({ requestString: { toJSON: () => 'navigateToPage' } })],
  ])('B4 %s', async (_, make) => {
    const { delegate, transport, events } = setUp();
    delegate.sendRequestToPServer(make(), 'r1');
    await turn();

    expect(transport.sent).toEqual([]);
    expect(events.types).toEqual(['navigateToPage']);
  });

  it('B4 a message’s name is read once', () => {
    const { bridge, transport } = setUp();
    bridge.handlePersoEvent(
      Object.assign(changing('requestString', 'navigateToPage', 'sendRequestToPServer'), {
        requestId: 'r1',
        json: { requestData: { type: 'getInsights' } },
      }),
    );

    expect(transport.sent).toEqual([]);
  });
});

it('B7 two requests are the same where they are written alike, whatever they say to who asks again', async () => {
  const { delegate, transport, widget } = setUp();
  const disguised = (type: string): object => ({ type: 'getInsights', toJSON: () => ({ type }) });
  delegate.sendRequestToPServer(disguised('a'), 'r1');
  delegate.sendRequestToPServer(disguised('b'), 'r1');
  delegate.sendRequestToPServer({ type: 'b' }, 'r1');
  transport.last.answer({ ok: true });
  await turn();

  expect(transport.requests.map(({ type }) => type)).toEqual(['a', 'b']);
  expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
});

it('S3 a page that authorises by type sees what it sends', async () => {
  const sent: unknown[] = [];
  const transport: Transport = {
    send(request) {
      if (request.type !== 'getInsights') throw new Error('Forbidden');
      sent.push(JSON.parse(JSON.stringify(request.body)));
      return {};
    },
  };
  const { bridge, delegate } = setUpWith(transport);
  expect(bridge).toBeInstanceOf(WidgetBridge);
  for (const [index, [, make]] of bodies.entries()) delegate.sendRequestToPServer(make(), `r${index}`);
  await turn();

  expect(sent).toMatchObject([{ type: 'getInsights' }, { type: 'getInsights' }]);
});
