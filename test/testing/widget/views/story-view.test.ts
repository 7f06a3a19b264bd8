import { reactive } from '@vue/reactivity';
import { describe, expect, it, vi } from 'vitest';
import { reportsOf, spyDelegate, started, stopTheClock } from '../fixtures/spied-delegate.ts';

stopTheClock();

const block = { id: 't', type: 'txt', txt: 'k' };
const STORY = {
  ok: true,
  story: { dialogs: [{ id: 'D1', blocks: [block] }] },
  text: { D1: { en: { k: 'Hello' }, pl: { k: 'Cześć' } } },
};

function story(reply: object = STORY, config: object = {}) {
  const opened = started({ widgetType: 'story-widget', insightId: 'i1', instanceId: 'type-1', ...config });
  const [view] = opened.widget.views;
  if (!view) throw new Error('There is no view');
  return { ...opened, view, show: () => opened.reply('getInsightDetails', reply) };
}

const typesOf = (calls: (readonly unknown[])[]) => calls.map(([, body]) => (body as { type?: string }).type);

describe('a story', () => {
  it('requests its details and, once drawn, its rating', () => {
    const { view, show, argsOf, reply } = story();
    expect(argsOf('sendRequestToPServer')).toMatchObject([
      [{}, { type: 'getInsightDetails', insightId: 'i1' }, {}],
    ]);
    show();
    expect(view).toMatchObject({
      state: 'shown',
      items: [{ id: 't', type: 'txt', text: 'Hello' }],
      rating: 0,
    });
    expect(argsOf('sendRequestToPServer')[1]).toMatchObject([{}, { type: 'getInsightRating', id: 'i1' }, {}]);
    reply('getInsightRating', { ok: true, id: 'i1', rating: '4' });
    expect(view.rating).toBe(4);
  });

  it('is drawn twice after a second successful reply', () => {
    const { view, show } = story();
    show();
    show();
    expect(view.items).toHaveLength(2);
  });

  it.each([
    ['pl', 'Cześć'],
    ['de', 'Hello'],
    [undefined, 'Hello'],
  ])('has its texts in the language %s, or else in English', (lang, text) => {
    const { view, show } = story(STORY, lang ? { lang } : {});
    show();
    expect(view.items).toMatchObject([{ text }]);
  });

  it('shows "-" for a missing key; `text` may be empty', () => {
    const { view, show } = story({ ...STORY, text: {} });
    show();
    expect(view).toMatchObject({ state: 'shown', items: [{ text: '-' }] });
  });

  it.each([
    ['text', { ok: true, story: STORY.story }],
    ['story', { ok: true, text: {} }],
    ['story.dialogs', { ok: true, story: {}, text: {} }],
    ['the blocks of a dialog', { ok: true, story: { dialogs: [{ id: 'D1' }] }, text: {} }],
    ['story: that of older sandboxes', { ok: true, insight: {}, story: [{ title: 'a', text: 'b' }] }],
  ])('throws a TypeError out of the reply function without %s, and stays empty', (_what, reply) => {
    const { view, show, argsOf } = story(reply);
    expect(show).toThrow(TypeError);
    expect(view).toMatchObject({ state: 'empty', items: [] });
    expect(typesOf(argsOf('sendRequestToPServer'))).toEqual(['getInsightDetails']);
  });

  it.each([
    ['no dialogs', { ...STORY, story: { dialogs: [] } }],
    ['no blocks', { ...STORY, story: { dialogs: [{ id: 'D1', blocks: [] }] } }],
    [
      'no blocks in one of its dialogs',
      { ...STORY, story: { dialogs: [...STORY.story.dialogs, { id: 'D2', blocks: [] }] } },
    ],
    [
      'an unknown block',
      { ...STORY, story: { dialogs: [{ id: 'D1', blocks: [{ id: 'x', type: 'hologram' }] }] } },
    ],
    ['a barred text', { ...STORY, text: { D1: { en: { k: 'onload' } } } }],
    ['a failure', { ok: false }],
  ])('shows its error for %s', (_what, reply) => {
    const { view, show, ...spy } = story(reply);
    show();
    expect(view).toMatchObject({ state: 'error', items: [] });
    expect(reportsOf(spy)).toEqual([['errorOccured', expect.any(String)]]);
  });

  it('reports the options of startWidget, with the two ids swapped', () => {
    const { show, widget, view, argsOf } = story();
    show();
    widget.user.rate(view, 3);
    expect(argsOf('widgetEvent')[0]?.[1]).toMatchObject({
      widgetType: 'story-widget',
      eventId: 'rating',
      eventData: { insightId: 'type-1', instanceId: 'i1' },
    });
  });
});

describe('the stars of a story', () => {
  it('are sent with the id of the rating’s reply, and open the comment', () => {
    const { view, show, widget, argsOf, reply, ...spy } = story();
    show();
    reply('getInsightRating', { ok: true, id: 'other', rating: 2 });
    expect(() => widget.user.sendFeedback(view, 'fine')).toThrow('rate the story before you send feedback');
    widget.user.rate(view, 5);
    widget.user.sendFeedback(view, 'fine');

    expect(view.rating).toBe(5);
    expect(argsOf('sendRequestToPServer').slice(2)).toMatchObject([
      [{}, { type: 'updateInsightRating', id: 'other', rating: 5 }, {}],
      [{}, { type: 'updateInsightFeedback', id: 'other', feedback: 'fine' }, {}],
    ]);
    expect(reportsOf({ argsOf, ...spy })).toEqual([
      ['rating', 5],
      ['feedback', 'fine'],
    ]);
  });

  it('that cannot be read are 0 and usable, although sessionError is called', () => {
    const { view, show, widget, argsOf, reply, ...spy } = story();
    show();
    reply('getInsightRating', { ok: false });
    expect([view.rating, view.state, argsOf('sessionError')]).toEqual([0, 'shown', [[{ ok: false }]]]);
    expect(reportsOf({ argsOf, ...spy })).toEqual([['errorOccured', expect.any(String)]]);
    widget.user.rate(view, 1);
    expect(typesOf(argsOf('sendRequestToPServer')).at(-1)).toBe('updateInsightRating');
  });

  it.each([{ ok: true, id: 'other', rating: 4 }, { ok: false }])(
    'do not change with a late reply after another view was started: %j',
    (late) => {
      const { view, show, widget, argsOf, reply, ...spy } = story();
      show();
      widget.user.rate(view, 2);
      const before = reportsOf({ argsOf, ...spy });
      widget.startWidget({ widgetType: 'story-widget', insightId: 'i2' });
      reply('getInsightRating', late);
      expect([view.rating, view.state, widget.views[1]?.state]).toEqual([2, 'shown', 'loading']);
      expect(reportsOf({ argsOf, ...spy })).toEqual(before);
    },
  );

  it('S0 are given to a view that the test keeps behind a proxy', () => {
    const { view, show, widget, argsOf } = story();
    show();
    const kept = reactive(view) as typeof view;
    widget.user.rate(kept, 5);
    widget.user.sendFeedback(new Proxy(view, {}), 'fine');

    expect(view.rating).toBe(5);
    expect(typesOf(argsOf('sendRequestToPServer')).slice(-2)).toEqual([
      'updateInsightRating',
      'updateInsightFeedback',
    ]);
  });

  it('do not exist in an inbox', () => {
    const { widget } = started({});
    expect(() => widget.views[0] && widget.user.rate(widget.views[0], 1)).toThrow('rate: expected a story');
  });
});

describe('a story’s button', () => {
  const withButton = (option: object, actions: object[] = []) => ({
    ...STORY,
    story: {
      dialogs: [
        {
          id: 'D1',
          blocks: [
            block,
            {
              id: 'b',
              type: 'buttons',
              buttonType: 'navigateTo',
              options: [{ id: 'cards', txt: 'k', active: true, ...option }],
            },
          ],
        },
      ],
      actions,
    },
  });

  it('B14 navigates: reported at once, navigateToPage in the next task', () => {
    const { view, show, widget, calls, argsOf, ...spy } = story(
      withButton({ payload: { title: 'k', n: 1 } }),
    );
    show();
    calls.length = 0;
    widget.user.pressButton(view, 'cards');
    expect([reportsOf({ calls, argsOf, ...spy }), argsOf('navigateToPage')]).toEqual([
      [['navigateButton', 'cards']],
      [],
    ]);
    vi.advanceTimersByTime(0);
    expect(argsOf('navigateToPage')).toEqual([
      [
        {
          requestString: 'navigateToPage',
          data: { navigateTarget: 'cards', payload: { title: 'Hello', n: 1 } },
        },
      ],
    ]);
  });

  it.each([
    ['openStory', 'navigateToPage'],
    ['callPersoneticsAPI', 'callPersoneticsAPI'],
  ])('B14 with the action %s calls widgetEvent with two arguments', (actionType, requestString) => {
    const payload = { navigateTarget: 'target', apiName: 'x' };
    const reply = withButton({ action: '7' }, [{ actionId: 7, actionType, payload }]);
    const { view, show, widget, calls, argsOf, ...spy } = story(reply);
    show();
    calls.length = 0;
    widget.user.pressButton(view, 'cards');
    expect(reportsOf({ calls, argsOf, ...spy })).toEqual([['navigateButton', 'target']]);
    vi.advanceTimersByTime(0);
    expect(argsOf('widgetEvent').at(-1)).toEqual([
      expect.objectContaining({ id: 'b', type: 'buttons' }),
      { requestString, data: { ...payload, actionType } }, // no callbacks, unlike a teaser's
    ]);
  });

  it.each([false, undefined])('cannot be pressed if its active is %s', (active) => {
    const { view, show, widget, ...spy } = story(withButton({ active }));
    show();
    expect(() => widget.user.pressButton(view, 'cards')).toThrow('expected a button with the id "cards"');
    vi.advanceTimersByTime(0);
    expect(spy.argsOf('navigateToPage')).toEqual([]);
  });

  it('B14 is drawn with three reports of an error, because its target is first evaluated as an expression', () => {
    const { show, ...spy } = story(withButton({}));
    show();
    expect(reportsOf(spy).map(([eventId]) => eventId)).toEqual([
      'errorOccured',
      'errorOccured',
      'errorOccured',
    ]);
  });

  it('B14 does nothing if the delegate has no function for it', () => {
    const { delegate, calls } = spyDelegate();
    delete delegate['navigateToPage'];
    const { view, widget } = story(STORY, { pDelegate: delegate });
    widget.handlePServerResponse(withButton({}), calls[0]?.args[2] as string);
    widget.user.pressButton(view, 'cards');
    expect(() => vi.advanceTimersByTime(0)).not.toThrow();
  });

  it('B14 an error of navigateToPage is an uncaught error of a later task', () => {
    const spy = spyDelegate({
      navigateToPage() {
        throw new Error('no page');
      },
    });
    const { view, widget } = story(STORY, { pDelegate: spy.delegate });
    widget.handlePServerResponse(withButton({}), spy.calls[0]?.args[2] as string);
    expect(() => widget.user.pressButton(view, 'cards')).not.toThrow();
    expect(() => vi.advanceTimersByTime(0)).toThrow('no page');
  });
});

describe('the inbox with a story', () => {
  const insights = [
    { id: 'i1', insightId: 'type-1', text: 'One' },
    { id: 'i2', insightId: 'type-2', text: 'Two' },
  ];
  const both = (config: object = {}) => {
    const opened = started({ widgetType: 'inbox-story-widget', ...config });
    opened.reply('getInboxInsights', { ok: true, insights });
    const [view] = opened.widget.views;
    if (!view) throw new Error('There is no view');
    return { ...opened, view };
  };

  it.each([
    [{}, 'i1'],
    [{ insightId: 'i9' }, 'i9'],
  ])('opens the story of the option insightId, or of the first teaser: %j', (config, insightId) => {
    const { view, argsOf, reply } = both(config);
    expect(argsOf('sendRequestToPServer')[1]?.[1]).toMatchObject({ type: 'getInsightDetails', insightId });
    reply('getInsightDetails', STORY);
    expect(view.story).toMatchObject({ state: 'shown', items: [{ text: 'Hello' }] });
    expect(typesOf(argsOf('sendRequestToPServer'))).toEqual([
      'getInboxInsights',
      'getInsightDetails',
      'getInsightRating',
    ]);
  });

  it('shows the story of a clicked teaser, and emits nothing', () => {
    const { widget, view, idOf, argsOf, calls, reply } = both();
    const first = idOf('getInsightDetails');
    vi.advanceTimersByTime(1);
    calls.length = 0;
    widget.user.clickTeaser(view, 1);
    expect(calls.map(({ name }) => name)).toEqual(['sendRequestToPServer']);
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toMatchObject({ insightId: 'i2' });
    widget.handlePServerResponse(STORY, first);
    expect(view.story?.state).toBe('loading');
    reply('getInsightDetails', STORY);
    expect(view.story?.state).toBe('shown');
    widget.user.rate(view, 2);
    expect(view.story?.rating).toBe(2);
  });

  it('stops when another view is started in its place', () => {
    const { widget, view, idOf } = both();
    const id = idOf('getInsightDetails');
    widget.startWidget({});
    widget.handlePServerResponse(STORY, id);
    expect(view.story?.state).toBe('loading');
  });
});

describe('loader messages', () => {
  const NOTICE = (eventType: string) => [null, { requestString: 'personeticsEvent', data: { eventType } }];
  const noticesOf = (calls: (readonly unknown[])[]) => calls.filter((args) => args.length === 2);

  it.each([
    [{ enableNativeLoader: true }, 'closeNativeLoader', { ok: true, insights: [{ id: 1, text: 'One' }] }],
    [{ loaderEvent: true }, 'closeLoaderEvent', { ok: true, insights: [{ id: 1, text: 'One' }] }],
    [{ enableNativeLoader: true }, 'closeNativeLoader', { ok: false }],
    [{ enableNativeLoader: true }, 'closeNativeLoader', { ok: true, insights: [] }],
  ])('B4 with %j are two arguments without an id: %s, after %j', (option, eventType, reply) => {
    const opened = started(option);
    expect(noticesOf(opened.argsOf('sendRequestToPServer'))).toEqual([]);
    opened.reply('getInboxInsights', reply);
    expect(noticesOf(opened.argsOf('sendRequestToPServer'))).toEqual([NOTICE(eventType)]);
  });

  it('B4 come twice from an inbox with a story, once from carousel, story and budgets, and only on request', () => {
    const enableNativeLoader = true;
    const both = started({ widgetType: 'inbox-story-widget', enableNativeLoader });
    both.reply('getInboxInsights', { ok: true, insights: [{ id: 1, text: 'One' }] });
    both.reply('getInsightDetails', STORY);
    expect(noticesOf(both.argsOf('sendRequestToPServer'))).toHaveLength(2);

    const carousel = started({ widgetType: 'teaser-widget-carousel', enableNativeLoader });
    carousel.reply('getInsights', { ok: true, insights: [{ id: 1, text: 'One' }] });
    const one = started({ widgetType: 'story-widget', enableNativeLoader });
    one.reply('getInsightDetails', STORY);
    const budgets = started({ widgetType: 'manage-budgets', enableNativeLoader });
    budgets.reply('getBudgetsCategories', { ok: true, budgets: [{}] });
    const unasked = started({});
    unasked.reply('getInboxInsights', { ok: false });
    const counts = [carousel, one, budgets, unasked].map(
      ({ argsOf }) => noticesOf(argsOf('sendRequestToPServer')).length,
    );
    expect(counts).toEqual([1, 1, 1, 0]);
  });
});
