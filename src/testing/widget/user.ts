import type { WidgetFields } from './deep-extend.ts';
import type { TestUser, TestView } from './test-widget.ts';
import { BudgetsView } from './views/budgets-view.ts';
import { StoryView } from './views/story-view.ts';
import type { DrawnInsight } from './views/teaser.ts';
import { InboxView, TeaserView } from './views/teaser-views.ts';

type ViewClass<T> = abstract new (...args: never[]) => T;

/** @param scrolled Called when a view is scrolled. */
export function createUser(scrolled: () => void): TestUser {
  return {
    clickTeaser(view, index = 0) {
      const teasers = expectView(view, TeaserView, 'clickTeaser', 'an inbox or a carousel');
      teasers.clickTeaser(itemOf(view, index, 'clickTeaser') as unknown as DrawnInsight);
    },
    pressButton(view, id) {
      const isThere = 'pressButton' in view && (view.pressButton as (id: string) => boolean)(id);
      if (!isThere) throw problem('pressButton', `a button with the id ${JSON.stringify(id)}`, view);
    },
    rate: (view, stars) => storyOf(view, 'rate').rate(stars),
    sendFeedback: (view, text) => storyOf(view, 'sendFeedback').sendFeedback(text),
    scroll: () => scrolled(),
    closeInbox: (view) => expectView(view, InboxView, 'closeInbox', 'an inbox').close(),
    closeBudgets: (view) => expectView(view, BudgetsView, 'closeBudgets', 'budgets').close(),
    changeBudget: (view, index, budgetAmount) =>
      saveBudget(view, index, 'changeBudget', 'updateBudget', { budgetAmount }),
    addBudget: (view, index, budgetAmount) =>
      saveBudget(view, index, 'addBudget', 'newBudget', { budgetAmount, budgetActivation: true }),
    stopBudget: (view, index) =>
      saveBudget(view, index, 'stopBudget', 'deleteBudget', { budgetActivation: false }),
  };
}

function saveBudget(
  view: TestView,
  index: number,
  action: string,
  report: Parameters<BudgetsView['save']>[0],
  changes: WidgetFields,
): void {
  const budgets = expectView(view, BudgetsView, action, 'budgets');
  budgets.save(report, itemOf(view, index, action), changes);
}

/** The view itself, or the story of an `inbox-story-widget`. */
function storyOf(view: TestView, action: string): StoryView {
  return expectView(view.story ?? view, StoryView, action, 'a story');
}

function expectView<T>(view: TestView, kind: ViewClass<T>, action: string, expected: string): T {
  if (view instanceof kind) return view;
  throw problem(action, expected, view);
}

function itemOf(view: TestView, index: number, action: string): WidgetFields {
  const item = view.items[index];
  if (item === undefined) throw problem(action, `an item number ${index}`, view);
  return item as WidgetFields;
}

function problem(action: string, expected: string, { widgetType, state, items }: TestView): Error {
  const received = `${widgetType}, which is ${state} and has ${items.length} items`;
  return new Error(`Test widget, build 21.5: ${action}: expected ${expected}; got ${received}`);
}
