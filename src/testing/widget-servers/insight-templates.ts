import type { SeededRandom } from '../seeded-random.ts';
import { lastMonths, nextDays } from './calendar.ts';
import type { Insight } from './insight.ts';

type Content = 'insightId' | 'status' | 'category' | 'title' | 'text' | 'amount' | 'chart';

/** An insight without id and date. */
export interface InsightDraft extends Pick<Insight, Content> {
  readonly daysAgo: number;
  readonly pages: readonly DraftPage[];
  readonly button?: DraftButton;
}

/** A page of the story. */
export interface DraftPage {
  readonly title: string;
  readonly text: string;
}

/** A button on the teaser, where it is always an action, and on the last page of the story. */
export interface DraftButton {
  readonly text: string;
  readonly navigateTarget: string;
  /** A story can have both kinds of buttons. The widget reports each kind differently to the page. */
  readonly inStory: 'action' | 'navigation';
}

type Template = (random: SeededRandom) => InsightDraft;

const euro = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

const eatingOut: Template = (random) => {
  const values = Array.from({ length: 5 }, () => random.amount(90, 140));
  const amount = random.amount(165, 210);
  const usual = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    insightId: 'EatingOutAboveUsual',
    status: 'new',
    category: 'spending',
    title: 'Eating out costs more this month',
    text: `${euro.format(amount)} so far, ${euro.format(amount - usual)} above your usual month.`,
    amount,
    daysAgo: 0,
    chart: { labels: lastMonths(6), values: [...values, amount] },
    button: { text: 'Set a budget', navigateTarget: 'manageBudget', inStory: 'action' },
    pages: [
      { title: 'What changed', text: 'Three dinners in the past two weeks make up most of the difference.' },
      { title: 'Where it goes', text: 'Restaurants are now your third largest group, after rent and food.' },
      { title: 'What you can do', text: 'Set a budget for eating out, and we tell you at half and at full.' },
    ],
  };
};

const beforePayday: Template = (random) => {
  let balance = random.amount(410, 520);
  const values = [balance];
  while (values.length < 7) {
    balance = cents(balance - random.amount(25, 60));
    values.push(balance);
  }
  const lowest = Math.min(...values);
  return {
    insightId: 'LowBalanceBeforePayday',
    status: 'new',
    category: 'cashflow',
    title: 'Your balance will be low before payday',
    text: `We expect it to reach ${euro.format(lowest)} within a week.`,
    amount: lowest,
    daysAgo: 0,
    chart: { labels: nextDays(7), values },
    pages: [
      { title: 'The week ahead', text: 'Six regular payments are due before your next salary.' },
      {
        title: 'What you can do',
        text: 'Move the phone bill to the 1st, or keep a little more on this account.',
      },
    ],
  };
};

const dearerSubscription: Template = (random) => {
  const before = random.amount(8, 10);
  const amount = cents(before + random.between(1, 3));
  return {
    insightId: 'SubscriptionPriceRise',
    status: 'unread',
    category: 'subscriptions',
    title: 'A subscription became dearer',
    text: `Tonwelle went from ${euro.format(before)} to ${euro.format(amount)} a month.`,
    amount,
    daysAgo: 2,
    button: { text: 'See your subscriptions', navigateTarget: 'subscriptions', inStory: 'navigation' },
    pages: [
      { title: 'What changed', text: `That is ${euro.format((amount - before) * 12)} more in a year.` },
      { title: 'What you can do', text: 'Most plans can be cancelled within 30 days of a change of price.' },
    ],
  };
};

const putAside: Template = (random) => {
  const amount = random.between(6, 12) * 10;
  return {
    insightId: 'MoneyToPutAside',
    status: 'unread',
    category: 'saving',
    title: `You could put ${euro.format(amount)} aside`,
    text: 'You have kept more than you needed on this account for three months.',
    amount,
    daysAgo: 4,
    chart: { labels: lastMonths(3), values: [amount + 35, amount + 20, amount + 10] },
    pages: [
      { title: 'How we know', text: 'We looked at the lowest balance of each month, and left a margin.' },
      { title: 'What you can do', text: 'Start a standing order for the day after your salary arrives.' },
    ],
  };
};

const chargedTwice: Template = (random) => {
  const amount = random.amount(18, 38);
  return {
    insightId: 'PossibleDoubleCharge',
    status: 'read',
    category: 'spending',
    title: 'Two payments look alike',
    text: `${euro.format(amount)} was paid twice to Papeterie du Héron on one day.`,
    amount,
    daysAgo: 6,
    pages: [
      { title: 'What we saw', text: 'The same amount, the same shop, eleven minutes apart.' },
      {
        title: 'What you can do',
        text: 'If one of them is wrong, ask the shop first, then dispute it here.',
      },
    ],
  };
};

const salaryArrived: Template = (random) => {
  const amount = random.amount(2_350, 2_790);
  return {
    insightId: 'SalaryReceived',
    status: 'read',
    category: 'cashflow',
    title: 'Your salary has arrived',
    text: `${euro.format(amount)}, on the same day as last month.`,
    amount,
    daysAgo: 19,
    pages: [
      { title: 'The month so far', text: 'Rent, energy and phone are paid; the rest is yours to plan.' },
    ],
  };
};

const trialEnds: Template = (random) => {
  const amount = random.amount(9, 15);
  return {
    insightId: 'FreeTrialEnds',
    status: 'new',
    category: 'subscriptions',
    title: 'A free trial ends soon',
    text: `Lichtspielhaus Daheim will cost ${euro.format(amount)} a month from next week.`,
    amount,
    daysAgo: 0,
    button: { text: 'See your subscriptions', navigateTarget: 'subscriptions', inStory: 'navigation' },
    pages: [
      { title: 'What you can do', text: 'Cancel before the last day of the trial if you do not want it.' },
    ],
  };
};

const roundUps: Template = (random) => {
  const amount = random.amount(14, 29);
  return {
    insightId: 'RoundUpSavings',
    status: 'new',
    category: 'saving',
    title: 'Small change adds up',
    text: `Rounding up your payments would have saved ${euro.format(amount)} last month.`,
    amount,
    daysAgo: 0,
    pages: [
      { title: 'How it works', text: 'Every card payment goes up to the next euro; the rest is saved.' },
    ],
  };
};

/** The insights at the start, the most relevant first. */
export const CURRENT: readonly Template[] = [
  eatingOut,
  beforePayday,
  dearerSubscription,
  putAside,
  chargedTwice,
  salaryArrived,
];

/** The insights that `generateInsights` adds, one at a time. */
export const IN_RESERVE: readonly Template[] = [trialEnds, roundUps];

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
