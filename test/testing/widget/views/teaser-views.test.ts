import { describe, expect, it, vi } from 'vitest';
import { reportsOf, spyDelegate, started, stopTheClock } from '../fixtures/spied-delegate.ts';

stopTheClock();

const INSIGHTS = [
  { id: 'i1', insightId: 'type-1', text: 'One' },
  { id: 'i2', insightId: 'type-2', text: 'Two' },
];
const REPLY = { ok: true, insights: INSIGHTS };

/** A drawn inbox, and its later calls. */
function inbox(config: object = {}, reply: object = REPLY) {
  const opened = started({ userId: 'user-1', lang: 'en', ...config });
  opened.reply('getInboxInsights', reply);
  const [view] = opened.widget.views;
  if (!view) throw new Error('There is no view');
  return { ...opened, view };
}

describe('the inbox', () => {
  it('B14 sends its request, draws, and then reports its start and each teaser', () => {
    const { view, calls, ...spy } = inbox();
    expect(view).toMatchObject({ state: 'shown', items: INSIGHTS });
    expect(reportsOf({ calls, ...spy })).toEqual([
      ['inboxWidgetStarted', 2],
      ['Presented', '1'],
      ['Presented', '1'],
    ]);
    const [, , event] = spy.argsOf('widgetEvent');
    expect(event).toEqual([
      null,
      {
        eventType: 'reporting',
        widgetType: undefined,
        eventId: 'Presented',
        eventData: { eventDateTime: '3/5/2026 7:8:9', value: '1', insightId: 'i2', instanceId: 'type-2' },
      },
      undefined,
    ]);
  });

  it('draws twice after a second successful reply', () => {
    const { view, reply } = inbox();
    reply('getInboxInsights', REPLY);
    expect(view.items).toEqual([...INSIGHTS, ...INSIGHTS]);
  });

  it('shows its error after a failure, which a later successful reply does not remove', () => {
    const { view, reply, ...spy } = inbox({}, { ok: false, status: '600' });
    expect(view).toMatchObject({ state: 'error', items: [] });
    expect(spy.argsOf('sessionError')).toEqual([[{ ok: false, status: '600' }]]);
    expect(reportsOf(spy)).toEqual([['errorOccured', expect.any(String)]]);
    reply('getInboxInsights', REPLY);
    expect(view).toMatchObject({ state: 'error', items: INSIGHTS });
  });

  it.each([
    { ok: true },
    { ok: true, insights: null },
    { ok: true, insights: [] },
    { ok: true, insights: {} },
  ])('has no insights, and reports that as an error: %j', (reply) => {
    const { view, ...spy } = inbox({}, reply);
    expect(view).toMatchObject({ state: 'empty', items: [] });
    expect(reportsOf(spy)).toEqual([['errorOccured', 'No new insights']]);
  });

  it.each([
    ['no text', { id: 'x' }],
    ['a number as text', { id: 'x', text: 5 }],
    ['null', null],
  ])('throws a TypeError for %s, and does not draw the rest', (_what, bad) => {
    const opened = started({});
    const insights = [INSIGHTS[0], bad, INSIGHTS[1]];
    expect(() => opened.reply('getInboxInsights', { ok: true, insights })).toThrow(TypeError);
    expect(opened.widget.views[0]).toMatchObject({ state: 'shown', items: [INSIGHTS[0]] });
    expect(reportsOf(opened)).toEqual([]);
  });

  it('throws for an unknown template, and accepts the known ones', () => {
    const { view, reply } = inbox(
      {},
      { ok: true, insights: [{ ...INSIGHTS[0], teaserTemplate: 'pie', teaserBlocks: [] }] },
    );
    expect(view.items).toHaveLength(1);
    const odd = { ...INSIGHTS[0], teaserTemplate: 'hologram' };
    reply('getInboxInsights', { ok: true, insights: [odd] }); // without blocks, it is drawn as plain text
    expect(view.items).toHaveLength(2);
    expect(() => reply('getInboxInsights', { ok: true, insights: [{ ...odd, teaserBlocks: [] }] })).toThrow(
      'hologram',
    );
  });

  it.each([
    '<script>',
    '</script>',
    '<style>',
    'url=x',
    'url(x)',
    'onload',
    'onerror',
    'src=x',
    'alert(1)',
    'href="#"',
    'javascript:x',
    'redirect 1',
  ])('shows its error for a reply with %s in any text', (text) => {
    const { view } = inbox({}, { ok: true, insights: [{ id: 1, text: `a ${text}` }] });
    expect(view).toMatchObject({ state: 'error', items: [] });
  });

  it('draws other HTML', () => {
    expect(inbox({}, { ok: true, insights: [{ id: 1, text: '<b>One</b>' }] }).view.state).toBe('shown');
  });
});

describe('the carousel', () => {
  const carousel = (insights: readonly object[]) => {
    const opened = started({ widgetType: 'teaser-widget-carousel' });
    opened.reply('getInsights', { ok: true, insights });
    return opened;
  };

  it('B14 sends getInsights, and reports its start and its first teaser', () => {
    const opened = carousel(INSIGHTS);
    expect(opened.widget.views[0]).toMatchObject({ state: 'shown', items: INSIGHTS });
    expect(reportsOf(opened)).toEqual([
      ['carouselWidgetStarted', 2],
      ['Presented', '1'],
    ]);
  });

  it('reports nothing for a single teaser', () => {
    const opened = carousel([INSIGHTS[0] as object]);
    expect([opened.widget.views[0]?.items.length, reportsOf(opened)]).toEqual([1, []]);
  });

  it('does not filter texts', () => {
    expect(carousel([{ id: 1, text: 'href=x' }]).widget.views[0]?.state).toBe('shown');
  });
});

describe('a teaser that is clicked', () => {
  it('B14 emits teaserClick and is reported; no story is opened', () => {
    const { widget, view, calls, argsOf } = inbox({ payload: { p: 1 }, teaserId: 't' });
    calls.length = 0;
    widget.user.clickTeaser(view, 1);
    const [[from, params, more] = [], [, report] = []] = argsOf('widgetEvent');

    expect(params).toEqual({
      userId: 'user-1',
      insightId: 'i2',
      instanceId: 'type-2',
      eventType: 'teaserClick',
      lang: 'en',
      clickedTeaser: expect.anything(),
      teaserId: 't',
      payload: { p: 1 },
      value: '1',
    });
    expect(more).toBeUndefined();
    expect(report).toMatchObject({ eventId: 'teaserClick', eventData: { value: '1', insightId: 'i2' } });
    expect(calls).toHaveLength(2);
    const { clickedTeaser } = params as { clickedTeaser: object };
    expect(() => JSON.stringify(clickedTeaser)).toThrow('circular');
    expect(clickedTeaser).toMatchObject({ jquery: '3.5.1', length: 1 });
    expect(Object.hasOwn(clickedTeaser, 'jquery')).toBe(false);
    expect(() => JSON.stringify(from)).toThrow('circular');
  });

  it('B14 passes an object that the widget changes right after the call', () => {
    const kept: object[] = [];
    const spy = spyDelegate({ widgetEvent: (_from: unknown, params: object) => kept.push(params) });
    const opened = started({}, spy);
    opened.reply('getInboxInsights', REPLY);
    const [view] = opened.widget.views;
    if (view) opened.widget.user.clickTeaser(view);
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.map((params) => Object.keys(params))).toEqual(kept.map(() => []));
  });

  it('does not exist if nothing is drawn', () => {
    const { widget, view } = inbox({}, { ok: false });
    expect(() => widget.user.clickTeaser(view)).toThrow(
      'Test widget, build 21.5: clickTeaser: expected an item number 0; got teaser-widget, which is error and has 0 items',
    );
  });
});

describe('a teaser’s button', () => {
  const withButton = (actionType: string, payload?: object, active = true) => ({
    ok: true,
    insights: [
      {
        ...INSIGHTS[0],
        teaserTemplate: 'textAndButton',
        teaserBlocks: [
          { blockId: 'buttons', type: 'buttons', options: [{ id: 'go', text: 'Go', active, action: 'a1' }] },
        ],
        actions: [{ actionId: 'a1', actionType, payload }],
      },
    ],
  });

  it('B14 navigates: widgetEvent with its data, then a report', () => {
    const reply = withButton('externalNavigation', { navigateTarget: 'cards', n: 1 });
    const { widget, view, calls, argsOf } = inbox({}, reply);
    calls.length = 0;
    widget.user.pressButton(view, 'go');
    const [[, params] = [], [, report] = []] = argsOf('widgetEvent');
    expect(params).toEqual({
      requestString: 'navigateToPage',
      data: { navigateTarget: 'cards', n: 1, actionType: 'externalNavigation' },
    });
    expect(report).toMatchObject({ eventId: 'navigateButton', eventData: { value: 'cards' } });
  });

  it('B14 to the budgets has the language', () => {
    const reply = withButton('externalNavigation', { navigateTarget: 'manageBudget' });
    const { widget, view, calls, argsOf } = inbox({}, reply);
    calls.length = 0;
    widget.user.pressButton(view, 'go');
    expect(argsOf('widgetEvent')[0]?.[1]).toMatchObject({ lang: 'en' });
  });

  it('B14 calls the API through the page, with callbacks', () => {
    const { widget, view, calls, argsOf } = inbox(
      {},
      withButton('callPersoneticsAPI', { apiName: 'x', apiBody: {} }),
    );
    calls.length = 0;
    widget.user.pressButton(view, 'go');
    const [[, params] = []] = argsOf('widgetEvent');
    const { requestString, data } = params as { requestString: string; data: Record<string, unknown> };
    expect(requestString).toBe('callPersoneticsAPI');
    expect(data).toMatchObject({ actionType: 'callPersoneticsAPI', apiName: 'x', apiBody: {} });
    (data['successCallback'] as (reply: unknown) => void)('yes');
    (data['failureCallback'] as (reply: unknown) => void)('no');
    expect(view.outcomes).toEqual([
      { callback: 'successCallback', args: ['yes'] },
      { callback: 'failureCallback', args: ['no'] },
    ]);
  });

  it('B14 opens a story by a teaserClick without value and clickedTeaser', () => {
    const { widget, view, calls, argsOf } = inbox({}, withButton('openStory', { insightId: 'i9' }));
    calls.length = 0;
    widget.user.pressButton(view, 'go');
    expect(argsOf('widgetEvent').map(([, params]) => params)).toEqual([
      {
        userId: 'user-1',
        insightId: 'i1',
        instanceId: 'type-1',
        eventType: 'teaserClick',
        lang: 'en',
        teaserId: undefined,
        payload: { insightId: 'i9' },
      },
    ]);
  });

  it('throws if a story’s payload is missing', () => {
    const { widget, view } = inbox({}, withButton('openStory'));
    expect(() => widget.user.pressButton(view, 'go')).toThrow(TypeError);
  });

  it('does not exist if it is not active, or has another id', () => {
    const { widget, view } = inbox({}, withButton('openStory', {}, false));
    expect(() => widget.user.pressButton(view, 'go')).toThrow('expected a button with the id "go"');
    expect(() => widget.user.pressButton(view, 'stop')).toThrow('expected a button with the id "stop"');
  });
});

describe('a closed inbox', () => {
  it('B14 is reported, and calls sessionEnded with a circular copy of its configuration', () => {
    const ended: Record<string, unknown>[] = [];
    const spy = spyDelegate({ sessionEnded: (config: Record<string, unknown>) => ended.push({ ...config }) });
    const opened = started({ userId: 'user-1', lang: 'en' }, spy);
    opened.reply('getInboxInsights', REPLY);
    const [view] = opened.widget.views;
    if (view) opened.widget.user.closeInbox(view);

    expect(reportsOf(spy).at(-1)).toEqual(['closeButtonClicked', '1']);
    expect(ended).toMatchObject([
      {
        ExistInbox: true,
        userId: 'user-1',
        lang: 'en',
        insights: INSIGHTS,
        requestHeaders: { authToken: 'user-1' },
      },
    ]);
    expect(ended[0]?.['insights']).not.toBe(INSIGHTS);
    expect(ended[0]?.['parentCtrl']).toBe(view);
    expect(() => JSON.stringify(ended[0])).toThrow('circular');
  });

  it('is not possible for a carousel', () => {
    const { widget } = started({ widgetType: 'teaser-widget-carousel' });
    expect(() => widget.views[0] && widget.user.closeInbox(widget.views[0])).toThrow(
      'closeInbox: expected an inbox',
    );
  });
});

describe('scrolling', () => {
  it('is reported at most once a second', () => {
    const { widget, view, ...spy } = inbox();
    spy.calls.length = 0;
    widget.user.scroll(view);
    widget.user.scroll(view);
    vi.advanceTimersByTime(1_000);
    vi.advanceTimersByTime(500);
    expect(reportsOf(spy)).toEqual([['scroll', '1']]);
    vi.advanceTimersByTime(1_000);
    expect(reportsOf(spy)).toHaveLength(1);
  });
});
