import type { SeededRandom } from '../seeded-random.ts';
import { type Execute, numberOf, refusal } from './service.ts';

/** A monthly limit for one group of payments. */
export interface Budget {
  /** The group's id. */
  readonly budgetKey: string;
  /** The group's name. */
  readonly budgetKeyDisplayName: string;
  /** Whether the budget is active. */
  readonly budgetActivation: boolean;
  /** The same: shipped widgets read both. */
  readonly isBudgeted: boolean;
  /** In whole units of the currency; 0 if the budget is not active. */
  readonly budgetAmount: number;
  /** The average spending per month. */
  readonly budgetAvgMonthlySpending: number;
  /** The suggested amount. */
  readonly budgetRecommendedAmount: number;
}

/** The budgets, and the commands that read and set them. */
export interface Budgets {
  readonly list: readonly Budget[];
  readonly commands: Readonly<Record<string, Execute>>;
}

interface Group {
  readonly key: string;
  readonly name: string;
  readonly spending: readonly [low: number, high: number];
  readonly isBudgeted: boolean;
}

const GROUPS: readonly Group[] = [
  { key: 'groceries', name: 'Groceries', spending: [320, 460], isBudgeted: true },
  { key: 'eating-out', name: 'Eating out', spending: [90, 210], isBudgeted: true },
  { key: 'getting-around', name: 'Getting around', spending: [60, 140], isBudgeted: true },
  { key: 'clothes', name: 'Clothes', spending: [40, 120], isBudgeted: false },
  { key: 'leisure', name: 'Leisure', spending: [50, 130], isBudgeted: false },
  { key: 'home', name: 'Home', spending: [70, 180], isBudgeted: false },
];

export function createBudgets(random: SeededRandom): Budgets {
  const list = GROUPS.map((group) => budgetOf(group, random));

  const indexOf = ({ budgetKey: key }: Setting): number =>
    list.findIndex(({ budgetKey }) => budgetKey === key);

  function change(setting: Setting): void {
    const index = indexOf(setting);
    list[index] = changed(list[index] as Budget, setting);
  }

  const commands: Readonly<Record<string, Execute>> = {
    getBudgetsCategories: () => ({ budgets: [...list] }),
    setBudgetSettings({ settings }) {
      const read = readSettings(settings);
      if (!read) return refusal(400, 'The settings must be an object, or a list of objects.');
      if (!read.every(hasAmount))
        return refusal(400, 'A budgetAmount must be a number that is not negative.');
      if (!read.every((setting) => indexOf(setting) >= 0))
        return refusal(404, 'There is no budget with that budgetKey.');
      for (const setting of read) change(setting);
      return { updated: read.length };
    },
  };
  return { list, commands };
}

function budgetOf({ key, name, spending, isBudgeted }: Group, random: SeededRandom): Budget {
  const average = random.amount(...spending);
  const recommended = Math.ceil(average / 10) * 10;
  return {
    budgetKey: key,
    budgetKeyDisplayName: name,
    budgetActivation: isBudgeted,
    isBudgeted,
    budgetAmount: isBudgeted ? recommended + 20 : 0,
    budgetAvgMonthlySpending: average,
    budgetRecommendedAmount: recommended,
  };
}

interface Setting {
  readonly budgetKey?: unknown;
  readonly budgetAmount?: unknown;
  readonly budgetActivation?: unknown;
  readonly isBudgeted?: unknown;
}

/**
 * Accepts a list of settings, a single one, or an object of settings by key: the form is not documented. Returns
 * `undefined` for anything else.
 */
function readSettings(settings: unknown): readonly Setting[] | undefined {
  const read: unknown = isObject(settings) ? listOf(settings) : settings;
  return Array.isArray(read) && read.every(isObject) ? read : undefined;
}

function listOf(settings: object): readonly unknown[] {
  if ('budgetKey' in settings) return [settings];
  return Object.entries(settings).map(
    ([budgetKey, setting]) => isObject(setting) && { budgetKey, ...setting },
  );
}

/** Whether the amount is valid or missing. */
function hasAmount({ budgetAmount }: Setting): boolean {
  const amount = numberOf(budgetAmount);
  return amount === undefined ? budgetAmount === undefined || budgetAmount === null : amount >= 0;
}

/** An amount without a flag activates the budget. An inactive budget has no amount. */
function changed(budget: Budget, setting: Setting): Budget {
  const flag = setting.budgetActivation ?? setting.isBudgeted;
  const amount = numberOf(setting.budgetAmount);
  const isActive = flag === undefined ? amount !== undefined || budget.isBudgeted : isTrue(flag);
  const budgetAmount = isActive ? (amount ?? (budget.budgetAmount || budget.budgetRecommendedAmount)) : 0;
  return { ...budget, budgetActivation: isActive, isBudgeted: isActive, budgetAmount };
}

function isTrue(flag: unknown): boolean {
  return Boolean(flag) && !['false', '0'].includes(String(flag).toLowerCase());
}

function isObject(value: unknown): value is Setting {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
