import { describe, expect, it } from 'vitest';
import { reportsOf, started, stopTheClock } from '../fixtures/spied-delegate.ts';

stopTheClock();

const BUDGETS = [
  { budgetKey: 'food', budgetAmount: 300 },
  { budgetKey: 'fun', budgetAmount: 0 },
];

function budgets(reply: object = { ok: true, budgets: BUDGETS }) {
  const opened = started({ widgetType: 'manage-budgets' });
  opened.reply('getBudgetsCategories', reply);
  const [view] = opened.widget.views;
  if (!view) throw new Error('There is no view');
  return { ...opened, view };
}

const typesOf = (calls: (readonly unknown[])[]) => calls.map(([, body]) => (body as { type?: string }).type);

describe('the budgets', () => {
  it('are requested and drawn, even one without any field', () => {
    expect(budgets().view).toMatchObject({ state: 'shown', items: BUDGETS });
    expect(budgets({ ok: true, budgets: [{}] }).view.items).toEqual([{}]);
  });

  it.each([
    ['none', { ok: true, budgets: [] }],
    ['no list', { ok: true }],
    ['a failure', { ok: false }],
    ['a barred text', { ok: true, budgets: [{ budgetKey: 'href=x' }] }],
  ])('show their error for %s', (_what, reply) => {
    const { view, ...spy } = budgets(reply);
    expect(view).toMatchObject({ state: 'error', items: [] });
    expect(reportsOf(spy)).toEqual([['errorOccured', expect.any(String)]]);
  });

  it.each([
    ['changeBudget', 'updateBudget', 'BudgetAmount', { budgetAmount: 50 }],
    ['addBudget', 'newBudget', 'BudgetCategoryActivation', { budgetAmount: 50, budgetActivation: true }],
    ['stopBudget', 'deleteBudget', 'BudgetCategoryDeActivation', { budgetActivation: false }],
  ] as const)(
    'B14 %s is reported as %s, saved, then sent as %s, and emitted; then all are read again',
    (action, report, event, changes) => {
      const { widget, view, calls, argsOf, reply, ...spy } = budgets();
      calls.length = 0;
      widget.user[action](view, 0, 50);
      expect(calls.map(({ name }) => name)).toEqual([
        'widgetEvent',
        'sendRequestToPServer',
        'sendRequestToPServer',
      ]);

      expect(reportsOf({ calls, argsOf, ...spy })).toEqual([[report, 'food']]);
      expect(typesOf(argsOf('sendRequestToPServer'))).toEqual(['setBudgetSettings', 'sendEvents']);
      expect(argsOf('sendRequestToPServer')).toMatchObject([
        [{}, { settings: [{ budgetKey: 'food', ...changes }] }, {}],
        [{}, { eventsInfoList: [{ type: event, params: { value: 'food' } }] }, {}],
      ]);
      reply('setBudgetSettings', { ok: true });
      expect(argsOf('widgetEvent').at(-1)).toEqual([
        expect.anything(),
        { eventType: 'refreshInsights' },
        undefined,
      ]);
      expect(typesOf(argsOf('sendRequestToPServer')).at(-1)).toBe('getBudgetsCategories');
      reply('getBudgetsCategories', { ok: true, budgets: [BUDGETS[1]] });
      expect(view.items).toEqual([BUDGETS[1]]);
    },
  );

  it('that cannot be saved show the error, and emit no refresh', () => {
    const { widget, view, argsOf, reply } = budgets();
    widget.user.changeBudget(view, 1, 20);
    reply('setBudgetSettings', { ok: false });
    expect(view.state).toBe('error');
    expect(
      argsOf('widgetEvent').map(([, params]) => (params as { eventType: string }).eventType),
    ).not.toContain('refreshInsights');
  });

  it.each([{ ok: true }, { ok: false }])(
    'that are saved late, after another view was started, change and emit nothing: %j',
    (late) => {
      const { widget, view, argsOf, reply } = budgets();
      widget.user.changeBudget(view, 0, 20);
      widget.startWidget({ widgetType: 'manage-budgets' });
      const before = argsOf('widgetEvent');
      reply('setBudgetSettings', late);
      expect(view).toMatchObject({ state: 'shown', items: BUDGETS });
      expect(argsOf('widgetEvent')).toEqual(before);
      expect(typesOf(argsOf('sendRequestToPServer'))).toEqual([
        'getBudgetsCategories',
        'setBudgetSettings',
        'sendEvents',
        'getBudgetsCategories',
      ]);
    },
  );

  it('B14 that are closed are reported, and call sessionEnded with an empty object', () => {
    const { widget, view, calls, argsOf, ...spy } = budgets();
    calls.length = 0;
    widget.user.closeBudgets(view);
    expect(reportsOf({ calls, argsOf, ...spy })).toEqual([['backButtonClicked', '1']]);
    expect(argsOf('sessionEnded')).toEqual([[{}]]);
  });

  it('are not an inbox', () => {
    const { widget, view } = budgets();
    expect(() => widget.user.clickTeaser(view)).toThrow(
      'clickTeaser: expected an inbox or a carousel; got manage-budgets, which is shown and has 2 items',
    );
    expect(() => widget.user.changeBudget(view, 9, 1)).toThrow('changeBudget: expected an item number 9');
  });
});
