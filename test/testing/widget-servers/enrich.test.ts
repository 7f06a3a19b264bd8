import { expect, test } from 'vitest';
import { createSandbox, type Subscription } from '../../../src/testing/index.ts';
import { asking } from '../fixtures/ask.ts';

test('getUserSubscriptions answers with realistic subscriptions', async () => {
  const response = await asking(createSandbox())('enrich', { type: 'getUserSubscriptions' });
  const { ok, subscriptions }: { ok: boolean; subscriptions: Subscription[] } = await response.json();

  expect(ok).toBe(true);
  expect(subscriptions).toHaveLength(7);
  expect(new Set(subscriptions.map(({ cadence }) => cadence))).toEqual(new Set(['monthly', 'yearly']));
  for (const subscription of subscriptions) {
    expect(subscription).toEqual({
      id: expect.stringMatching(/^subscription-\d$/),
      name: expect.stringMatching(/\w/),
      amount: expect.any(Number),
      currency: 'EUR',
      cadence: expect.any(String),
      nextPayment: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      category: expect.stringMatching(/\w/),
    });
    expect(subscription.amount).toBeGreaterThan(0);
    expect(Date.parse(subscription.nextPayment)).toBeGreaterThan(Date.now() - 86_400_000);
  }
});
