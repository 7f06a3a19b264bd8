import { expect, test } from 'vitest';
import { createSandbox, type Insight } from '../../src/testing/index.ts';
import { asking } from './ask.ts';

async function insightsBy(command: string, ask = asking(createSandbox())): Promise<Insight[]> {
  const response = await ask('pserver', { type: command });
  return (await response.json()).insights;
}

test('getInsights answers with believable insights', async () => {
  const insights = await insightsBy('getInsights');

  expect(insights).toHaveLength(6);
  expect(new Set(insights.map(({ id }) => id)).size).toBe(6);
  expect(new Set(insights.map(({ category }) => category))).toEqual(
    new Set(['spending', 'saving', 'cashflow', 'subscriptions']),
  );
  for (const insight of insights) {
    expect(insight).toEqual(
      expect.objectContaining({
        title: expect.stringMatching(/\w/),
        text: expect.stringMatching(/\w/),
        amount: expect.any(Number),
        currency: 'EUR',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        seen: expect.any(Boolean),
      }),
    );
    expect(Date.parse(insight.date)).toBeLessThanOrEqual(Date.now());
  }
});

test('charts have a label for each value', async () => {
  const charts = (await insightsBy('getInsights')).flatMap(({ chart }) => chart ?? []);

  expect(charts.length).toBeGreaterThan(0);
  for (const { labels, values } of charts) {
    expect(values.length).toBe(labels.length);
    expect(new Set(labels).size).toBe(labels.length);
  }
});

test('the texts tell the amounts that the fields have', async () => {
  const [eatingOut] = await insightsBy('getInsights');

  const amount = eatingOut?.amount ?? Number.NaN;
  expect(eatingOut?.text).toContain(`€${amount.toFixed(2)}`);
  expect(eatingOut?.chart?.values.at(-1)).toBe(amount);
});

test('getInboxInsights has the same ones, newest first', async () => {
  const inbox = await insightsBy('getInboxInsights');
  const dates = inbox.map(({ date }) => date);

  expect(inbox).toEqual(expect.arrayContaining(await insightsBy('getInsights')));
  expect(dates).toEqual([...dates].sort().reverse());
  expect(new Set(dates).size).toBeGreaterThan(1);
});

test('getInsightDetails tells the story, and the insight counts as seen from then on', async () => {
  const ask = asking(createSandbox());
  const count = async () => (await ask('pserver', { type: 'getNumberOfInsights' })).json();
  const before = await count();

  const response = await ask('pserver', { type: 'getInsightDetails', insightId: 'insight-1' });
  const { ok, insight, story } = await response.json();

  expect(ok).toBe(true);
  expect(insight).toMatchObject({ id: 'insight-1', seen: true });
  expect(story.length).toBeGreaterThan(0);
  expect(story[0]).toEqual({ title: expect.stringMatching(/\w/), text: expect.stringMatching(/\w/) });
  expect(before).toEqual({ ok: true, numberOfInsights: 6, unread: 4 });
  expect(await count()).toEqual({ ok: true, numberOfInsights: 6, unread: 3 });
});

test.each([{ insightId: 'insight-99' }, { insightId: 1 }, {}])(
  'getInsightDetails refuses %j, which names none',
  async (fields) => {
    const response = await asking(createSandbox())('pserver', { type: 'getInsightDetails', ...fields });

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ ok: false, status: '404' });
  },
);

test('generateInsights finds two new ones, one at a time, and then no more', async () => {
  const ask = asking(createSandbox());
  const generate = async () => (await (await ask('pserver', { type: 'generateInsights' })).json()).generated;

  expect([await generate(), await generate(), await generate()]).toEqual([1, 1, 0]);
  const insights = await insightsBy('getInsights', ask);
  expect(insights).toHaveLength(8);
  expect(insights.at(-1)).toMatchObject({ id: 'insight-8', seen: false });
});
