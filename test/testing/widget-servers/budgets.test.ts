import { describe, expect, it } from 'vitest';
import { type Budget, createSandbox } from '../../../src/testing/index.ts';

function server() {
  const { pserver } = createSandbox();
  return {
    list: () => pserver.execute({ type: 'getBudgetsCategories' })['budgets' as never] as Budget[],
    set: (settings: unknown) => pserver.execute({ type: 'setBudgetSettings', settings }),
    of(key: string) {
      return this.list().find(({ budgetKey }) => budgetKey === key);
    },
  };
}

const kept = { budgetActivation: true, isBudgeted: true };
const ended = { budgetActivation: false, isBudgeted: false, budgetAmount: 0 };

describe('budgets', () => {
  it('are partly active and partly inactive', () => {
    const budgets = server().list();
    expect(budgets.filter(({ isBudgeted }) => isBudgeted)).toHaveLength(3);
    expect(budgets).toHaveLength(6);
    for (const budget of budgets) {
      expect(budget).toEqual({
        budgetKey: expect.stringMatching(/^[a-z-]+$/),
        budgetKeyDisplayName: expect.stringMatching(/\w/),
        budgetActivation: budget.isBudgeted,
        isBudgeted: expect.any(Boolean),
        budgetAmount: expect.any(Number),
        budgetAvgMonthlySpending: expect.any(Number),
        budgetRecommendedAmount: expect.any(Number),
      });
      expect(budget.budgetAmount > 0).toBe(budget.isBudgeted);
      expect(budget.budgetRecommendedAmount).toBeGreaterThanOrEqual(budget.budgetAvgMonthlySpending);
    }
  });

  it.each([
    ['a list', [{ budgetKey: 'leisure', budgetAmount: 75, budgetActivation: true }]],
    ['one setting', { budgetKey: 'leisure', budgetAmount: '75' }],
    ['an object by key', { leisure: { budgetAmount: 75, isBudgeted: 'true' } }],
  ])('are activated by setBudgetSettings with %s', (_form, settings) => {
    const { set, of, list } = server();
    const others = list().filter(({ budgetKey }) => budgetKey !== 'leisure');
    expect(set(settings)).toMatchObject({ ok: true, updated: 1 });
    expect(of.call({ list }, 'leisure')).toMatchObject({ ...kept, budgetAmount: 75 });
    expect(list().filter(({ budgetKey }) => budgetKey !== 'leisure')).toEqual(others);
  });

  it.each([false, 0, 'false', '0', ''])('are deactivated with an activation of %j', (budgetActivation) => {
    const all = server();
    all.set([{ budgetKey: 'groceries', budgetAmount: 300, budgetActivation }]);
    expect(all.of('groceries')).toMatchObject(ended);
  });

  it('get the recommended amount if they are activated without one', () => {
    const all = server();
    const recommended = all.of('home')?.budgetRecommendedAmount;
    all.set([{ budgetKey: 'home', budgetActivation: true }]);
    expect(all.of('home')).toMatchObject({ ...kept, budgetAmount: recommended });
  });

  it('keep values that a setting does not name', () => {
    const all = server();
    const before = all.of('groceries');
    expect(all.set([{ budgetKey: 'groceries' }])).toMatchObject({ updated: 1 });
    expect(all.of('groceries')).toEqual(before);
    all.set([{ budgetKey: 'groceries', budgetAmount: null }]);
    expect(all.of('groceries')).toEqual(before);
  });

  it('do not change without settings', () => {
    const { set, list } = server();
    const before = list();
    expect(set([])).toMatchObject({ ok: true, updated: 0 });
    expect(set({})).toMatchObject({ ok: true, updated: 0 });
    expect(list()).toEqual(before);
  });

  const good = { budgetKey: 'groceries', budgetAmount: 1 };

  it.each([-1, '-0.5', 'a lot', '', ' ', Number.NaN, Infinity, true, [3], {}])(
    'refuse an amount of %j, and change nothing',
    (budgetAmount) => {
      const { set, list } = server();
      const before = list();
      expect(set([good, { budgetKey: 'leisure', budgetAmount }])).toEqual({
        ok: false,
        status: '400',
        statusMessage: 'A budgetAmount must be a number that is not negative.',
      });
      expect(list()).toEqual(before);
    },
  );

  it('accept an amount of 0', () => {
    expect(server().set([{ budgetKey: 'groceries', budgetAmount: 0 }])).toMatchObject({ updated: 1 });
  });

  it.each([
    ['an unknown key', [good, { budgetKey: 'yachts' }], '404'],
    ['a key that is no text', { budgetKey: {} }, '404'],
    ['no key', [{ budgetAmount: 1 }], '404'],
    ['what is no setting in a list', [good, null, 7], '400'],
    ['what is no setting under a key', { groceries: { budgetAmount: 1 }, leisure: 75 }, '400'],
  ])('refuse %s, and change nothing', (_what, settings, status) => {
    const { set, list } = server();
    const before = list();
    expect(set(settings)).toMatchObject({ ok: false, status });
    expect(list()).toEqual(before);
  });

  it.each([undefined, null, 'groceries', 7])('refuse settings that are %j', (settings) => {
    expect(server().set(settings)).toEqual({
      ok: false,
      status: '400',
      statusMessage: 'The settings must be an object, or a list of objects.',
    });
  });
});
