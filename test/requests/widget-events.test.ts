import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';

const { setUp, setUpWith } = bridgeTests();

/** As jQuery's: of a class of its own, and full of what cannot be written. */
class Collection {
  readonly self = this;
}

describe('B14 widget events', () => {
  it('B14 are emitted within the widget’s call', () => {
    const { bridge, delegate } = setUp();
    const heard: string[] = [];
    bridge.on('widgetEvent', ({ params }) => heard.push(`${params.eventType}`));
    delegate.widgetEvent(null, { eventType: 'inboxWidgetStarted' }, undefined);

    expect(heard).toEqual(['inboxWidgetStarted']);
  });

  it('B14 carry what the widget passed then, at any depth: it changes its object afterwards', () => {
    const { delegate, events } = setUp();
    const params = { eventType: 'reporting', eventData: { value: '1', list: [{ n: 1 }] } };
    delegate.widgetEvent(null, params, undefined);
    params.eventType = 'changed';
    params.eventData.value = 'changed';
    params.eventData.list[0] = { n: 2 };

    expect(events.of('widgetEvent')).toEqual([
      { widget: null, params: { eventType: 'reporting', eventData: { value: '1', list: [{ n: 1 }] } } },
    ]);
  });

  it('B14 so do the others, and messages', () => {
    const { bridge, delegate, events } = setUp();
    const data = { data: { navigateTarget: 'accounts' } };
    delegate.navigateToPage(data);
    bridge.handlePersoEvent({ requestString: 'somethingNew', json: { requestData: data } });
    data.data.navigateTarget = 'changed';

    expect(events.of('navigateToPage')[0]?.data).toEqual({ data: { navigateTarget: 'accounts' } });
    expect(events.of('widgetMessage')[0]?.data).toEqual({ data: { navigateTarget: 'accounts' } });
  });

  it('B14 what is no plain object is the widget’s own: elements, collections, callbacks, the widget', () => {
    const { delegate, events } = setUp();
    const clickedTeaser = new Collection();
    const successCallback = (): void => {};
    const widget = { name: 'teaser' };
    delegate.widgetEvent(widget, { clickedTeaser, data: { successCallback } });
    const [event] = events.of('widgetEvent');

    expect(event?.widget).toBe(widget);
    expect(event?.params['clickedTeaser']).toBe(clickedTeaser);
    expect(event?.params.data?.successCallback).toBe(successCallback);
  });

  it('B14 a circular configuration arrives, and refers to itself', () => {
    const { delegate, events } = setUp();
    const config: Record<string, unknown> = { ExistInbox: true, widgetType: 'inbox' };
    config['parentCtrl'] = { config };
    delegate.sessionEnded(config);
    const data = events.of('sessionEnded')[0]?.data as Record<string, Record<string, unknown>>;

    expect(data).not.toBe(config);
    expect(data['ExistInbox']).toBe(true);
    expect(data['parentCtrl']?.['config']).toBe(data);
  });

  it('S4 getters that throw, objects without a prototype and names that pollute do no harm', () => {
    const { delegate, events } = setUp();
    const params = Object.create(null, {
      eventType: { value: 'reporting', enumerable: true },
      broken: {
        enumerable: true,
        get: () => {
          throw new Error('x');
        },
      },
    });
    delegate.widgetEvent(null, params);
    delegate.widgetEvent(null, JSON.parse('{"__proto__":{"polluted":1},"eventType":"teaserClick"}'));

    expect(events.of('widgetEvent').map(({ params }) => params.eventType)).toEqual([
      'reporting',
      'teaserClick',
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(events.of('widgetEvent')[1]?.params ?? {}, '__proto__')).toBe(true);
  });

  it('S0 what a handler of the page’s changes is not what an app hears', () => {
    const notify = vi.fn();
    const { bridge, delegate } = setUpWith({ send: () => ({}), notify });
    bridge.on('widgetEvent', ({ params }) => {
      delete (params as { eventType?: string }).eventType;
    });
    delegate.widgetEvent(null, { eventType: 'teaserClick' });

    expect(notify.mock.calls).toEqual([['widgetEvent', { eventType: 'teaserClick' }]]);
  });

  it('B14 an array with an item that cannot be read keeps the others', () => {
    const { delegate, events } = setUp();
    const list = [1, 2, 3];
    Object.defineProperty(list, 1, {
      get: () => {
        throw new Error('x');
      },
    });
    delegate.widgetEvent(null, { list });

    expect(events.of('widgetEvent')[0]?.params['list']).toEqual([1, undefined, 3]);
  });

  it('B14 one that says nothing has empty params', () => {
    const { delegate, events } = setUp();
    for (const nothing of [undefined, null, 'text', 7]) delegate.widgetEvent(null, nothing);

    expect(events.of('widgetEvent').map(({ params }) => params)).toEqual([{}, {}, {}, {}]);
  });

  it('B14 objects too deep to be copied are emitted too', () => {
    const { delegate, events } = setUp();
    let deep: object = {};
    for (let i = 0; i < 100_000; i += 1) deep = { deep };
    delegate.widgetEvent(null, { eventType: 'reporting', deep });
    let depth = 0;
    let at: unknown = events.of('widgetEvent')[0]?.params['deep'];
    for (; at; depth += 1) at = (at as { deep?: unknown }).deep;

    expect(events.of('widgetEvent')[0]?.params.eventType).toBe('reporting');
    expect(depth).toBe(100_001);
  });
});
