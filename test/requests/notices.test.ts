import { describe, expect, it, vi } from 'vitest';
import type { BridgeEvents } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { SENDERS } from '../bridge/fixtures/senders.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { reported, setUp, setUpWith } = bridgeTests();

const NOTICES = [
  'navigateToPage',
  'personeticsEvent',
  'callPersoneticsAPI',
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'registered',
  'handleError',
] as const;

/** Names that a careless bridge would take for its own events, or for what every object has. */
const STRANGE = [
  'request',
  'reply',
  'failure',
  'orphan',
  'change',
  '*',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'handlePServerResponse',
  'sendrequesttopserver',
  'sendRequestToPServer ',
];

describe('B4 a requestString that names none of the senders becomes the matching event', () => {
  it.each(NOTICES)('B4 %s in a message', async (requestString) => {
    const { bridge, transport, widget, events } = setUp();
    bridge.handlePersoEvent({ requestString, json: { requestData: { page: 'p' } } });
    await turn();

    expect(events.types).toEqual([requestString]);
    expect(events.of(requestString)[0]).toMatchObject({ data: { page: 'p' } });
    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([]);
  });

  const data = { requestString: 'sessionEnded', page: 'p' };
  const shapes: [string, unknown[]][] = [
    ['a', [{}, data, 'r1']],
    ['a with null headers', [null, data, 'r1']],
    ['b', [data, 'r1']],
    ['b without an id', [data]],
    ['b with text', [JSON.stringify(data), 'r1']],
    ['c', ['r1', JSON.stringify(data)]],
    ['text alone, with null', [null, data]],
    ['e', [data, () => undefined, () => undefined]],
    ['f', [data, () => undefined]],
  ];
  it.each(SENDERS.flatMap(([sender]) => shapes.map(([shape, args]) => [sender, shape, args] as const)))(
    'B4 in a body that %s carries in shape %s',
    async (sender, _, args) => {
      const { delegate, transport, widget, events } = setUp();
      delegate[sender](...args);
      await turn();

      expect(events.types).toEqual(['sessionEnded']);
      expect(events.of('sessionEnded')[0]).toMatchObject({ data });
      expect(transport.sent).toEqual([]);
      expect(widget.replies).toEqual([]);
    },
  );

  it('B4 in the body of a message that names a sender', async () => {
    const { bridge, transport, widget, events } = setUp();
    bridge.handlePersoEvent({
      requestString: 'sendRequestToPServer',
      json: { requestData: data, requestId: 'r1' },
      requestId: 'r1',
    });
    await turn();

    expect(events.types).toEqual(['sessionEnded']);
    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([]);
  });

  it('B4 with an id it still is not answered', async () => {
    const { bridge, widget, transport } = setUp();
    bridge.handlePersoEvent({ requestString: 'sessionError', requestId: 'r1', json: { requestId: 'r1' } });
    await turn();
    vi.advanceTimersByTime(60_000);

    expect(widget.replies).toEqual([]);
    expect(transport.sent).toEqual([]);
  });

  it('B4 without data, the message itself is the data', () => {
    const { bridge, events } = setUp();
    const message = { requestString: 'sessionEnded', reason: 'idle' };
    bridge.handlePersoEvent(message);

    expect(events.of('sessionEnded')[0]?.data).toEqual(message);
  });

  it.each([
    ['widgetEvent', 'widgetEvent'],
    ['handleWidgetAction', 'widgetAction'],
  ] as const)('B4 %s in a message is the event %s', (requestString, type) => {
    const { bridge, events } = setUp();
    const params = { eventType: 'teaserClick' };
    bridge.handlePersoEvent({ requestString, json: { requestData: params } });

    expect(events.all).toEqual([{ type, event: { widget: undefined, params } }]);
  });

  it.each(STRANGE)('B4 %s is a widgetMessage, and never an event of the bridge’s own', async (name) => {
    const { bridge, delegate, transport, widget, events } = setUp();
    bridge.handlePersoEvent({ requestString: name, json: { requestData: { a: 1 } }, requestId: 'r1' });
    delegate.sendRequestToPServer({ requestString: name, a: 1 }, 'r2');
    await turn();

    expect(events.all).toEqual([
      { type: 'widgetMessage', event: { name, data: { a: 1 } } },
      { type: 'widgetMessage', event: { name, data: { requestString: name, a: 1 } } },
    ]);
    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([]);
  });

  it('B4 a `__proto__` in a message changes nothing', () => {
    const { bridge, delegate } = setUp();
    const text =
      '{"requestString":"__proto__","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    delegate.sendRequestToPServer(text, 'r1');
    bridge.handlePersoEvent(JSON.parse(text));

    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('B4 the delegate’s other functions', () => {
  it.each(NOTICES)('B4 %s is emitted with all its arguments', (name) => {
    const { delegate, events, transport } = setUp();
    delegate[name]({ page: 'p' }, 'more', 3);

    expect(events.all).toEqual([
      { type: name, event: { data: { page: 'p' }, args: [{ page: 'p' }, 'more', 3] } },
    ]);
    expect(transport.sent).toEqual([]);
  });

  it('B4 widgetEvent and handleWidgetAction say which widget', () => {
    const { delegate, events } = setUp();
    const inner = { name: 'teaser' };
    delegate.widgetEvent(inner, { eventType: 'teaserClick' });
    delegate.handleWidgetAction(inner, { data: { actionType: 'openStory' } });

    expect(events.all).toEqual([
      { type: 'widgetEvent', event: { widget: inner, params: { eventType: 'teaserClick' } } },
      { type: 'widgetAction', event: { widget: inner, params: { data: { actionType: 'openStory' } } } },
    ]);
  });
});

it.each([
  ['widgetEvent', 'widgetEvent'],
  ['handleWidgetAction', 'widgetAction'],
] as const)('B4 %s with one argument: it is what happened, and no widget', (name, type) => {
  const notify = vi.fn();
  const { delegate, events } = setUpWith({ send: () => ({}), notify });
  const params = { eventType: 'teaserClick' };
  Reflect.apply(delegate[name], undefined, [params]);

  expect(events.all).toEqual([{ type, event: { widget: undefined, params } }]);
  expect(notify.mock.calls).toEqual([[name, params]]);
});

describe('B4 the transport’s notify', () => {
  it('B4 hears of messages and of the delegate’s functions, by the widget’s own names', () => {
    const notify = vi.fn();
    const { bridge, delegate } = setUpWith({ send: () => ({}), notify });
    bridge.handlePersoEvent({ requestString: 'navigateToPage', json: { requestData: { page: 'p' } } });
    delegate.sendRequestToPServer({ requestString: 'somethingNew', a: 1 }, 'r1');
    delegate.sessionEnded({ reason: 'idle' });
    delegate.sessionStarted();

    expect(notify.mock.calls).toEqual([
      ['navigateToPage', { page: 'p' }],
      ['somethingNew', { requestString: 'somethingNew', a: 1 }],
      ['sessionEnded', { reason: 'idle' }],
      ['sessionStarted', undefined],
    ]);
  });

  it('B4 does not hear of requests', async () => {
    const notify = vi.fn();
    const { bridge, delegate } = setUpWith({ send: () => ({}), notify });
    delegate.sendRequestToPServer({ type: 'getInsights' }, 'r1');
    delegate.sendRequestToPServer();
    void bridge.send('ob', { type: 'getAccounts' });
    await turn();

    expect(notify).not.toHaveBeenCalled();
  });

  it('B4 is called as a method', () => {
    const transport = {
      heard: [] as string[],
      send: () => ({}),
      notify(name: string): void {
        this.heard.push(name);
      },
    };
    const { delegate, bridge } = setUpWith(transport);
    delegate.sessionEnded();
    bridge.handlePersoEvent({ requestString: 'sessionError' });

    expect(transport.heard).toEqual(['sessionEnded', 'sessionError']);
  });

  it('B3 that throws does not throw into the widget', () => {
    const boom = new Error('x');
    const { bridge, delegate } = setUpWith({
      send: () => ({}),
      notify: () => {
        throw boom;
      },
    });
    delegate.sessionEnded();
    bridge.handlePersoEvent({ requestString: 'sessionError' });

    expect(reported.splice(0)).toEqual([boom, boom]);
  });

  it('B9 nor the page’s handlers hear of anything once the bridge is disposed', () => {
    const notify = vi.fn();
    const { bridge, delegate, events } = setUpWith({ send: () => ({}), notify });
    bridge.dispose();
    delegate.sessionEnded();
    bridge.handlePersoEvent({ requestString: 'sessionError' });

    expect(notify).not.toHaveBeenCalled();
    expect(events.all).toEqual([]);
  });
});

it('B4 a handler that throws does not keep the next one from hearing', () => {
  const { bridge } = setUp();
  const boom = new Error('x');
  const heard: BridgeEvents['sessionEnded'][] = [];
  bridge.on('sessionEnded', () => {
    throw boom;
  });
  bridge.on('sessionEnded', (event) => heard.push(event));
  bridge.delegate.sessionEnded('bye');

  expect(heard).toEqual([{ data: 'bye', args: ['bye'] }]);
  expect(reported.splice(0)).toEqual([boom]);
});
