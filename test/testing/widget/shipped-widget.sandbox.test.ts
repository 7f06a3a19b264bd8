import { describe, expect, it, vi } from 'vitest';
import { type Transport, WidgetBridge } from '../../../src/index.ts';
import {
  type Command,
  createSandbox,
  createTestWidget,
  type ShippedTestWidget,
  type TestView,
} from '../../../src/testing/index.ts';
import { stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

/** A widget of build 21.5 with a bridge to the sandbox. */
function inPage(config: object): {
  widget: ShippedTestWidget;
  view: TestView;
  failed: unknown[];
  asked: unknown[];
} {
  const sandbox = createSandbox({ seed: 7 });
  const asked: unknown[] = [];
  const transport: Transport = {
    async send({ server, type, body }) {
      asked.push(type);
      return sandbox[server].execute(body as Command);
    },
  };
  const bridge = new WidgetBridge({ transport });
  const failed: unknown[] = [];
  bridge.on('sessionError', (event) => failed.push(event));
  const widget = createTestWidget({ build: '21.5' });
  bridge.attach(widget);
  widget.startWidget({ pDelegate: bridge.delegate, userId: 'user-1', lang: 'en', ...config });
  const [view] = widget.views;
  if (!view) throw new Error('There is no view');
  return { widget, view, failed, asked };
}

const settle = (ms = 1) => vi.advanceTimersByTimeAsync(ms);

describe('the sandbox answers the views of build 21.5', () => {
  it('B13 the inbox, and the events that it sends', async () => {
    const { widget, view, failed, asked } = inPage({ widgetType: 'teaser-widget' });
    await settle();
    expect(view.state).toBe('shown');
    expect(view.items.length).toBeGreaterThan(2);
    await settle(2_000);
    expect(asked).toEqual(['getInboxInsights', 'sendEvents']);
    expect(failed).toEqual([]);
    widget.assertExactlyOnce();
  });

  it('B13 the carousel', async () => {
    const { widget, view, failed } = inPage({ widgetType: 'teaser-widget-carousel' });
    await settle();
    expect(view.state).toBe('shown');
    expect(failed).toEqual([]);
    widget.assertExactlyOnce();
  });

  it('B13 the inbox with a story, whose rating and comment are accepted', async () => {
    const { widget, view, failed, asked } = inPage({ widgetType: 'inbox-story-widget' });
    await settle();
    expect([view.state, view.story?.state]).toEqual(['shown', 'shown']);
    await settle();
    widget.user.rate(view, 4);
    widget.user.sendFeedback(view, 'Useful');
    await settle();
    widget.user.clickTeaser(view, 1);
    await settle();
    expect(asked).toEqual([
      'getInboxInsights',
      'getInsightDetails',
      'getInsightRating',
      'updateInsightRating',
      'updateInsightFeedback',
      'getInsightDetails',
      'getInsightRating',
    ]);
    expect(view.story?.state).toBe('shown');
    expect(failed).toEqual([]);
    widget.assertExactlyOnce();
  });

  it('B13 the budgets, one of which is changed', async () => {
    const { widget, view, failed } = inPage({ widgetType: 'manage-budgets' });
    await settle();
    expect(view.state).toBe('shown');
    widget.user.changeBudget(view, 0, 123);
    await settle();
    expect(view.items[0]).toMatchObject({ budgetAmount: 123 });
    expect(failed).toEqual([]);
    widget.assertExactlyOnce();
  });

  it('B13 the subscriptions, from Enrich', async () => {
    const { widget } = inPage({});
    const ok = vi.fn();
    widget.getUserSubscriptions(ok);
    await settle();
    expect(ok.mock.calls).toMatchObject([[{ ok: true }]]);
    widget.assertExactlyOnce();
  });
});
