import { expect, it } from 'vitest';
import { createSandbox } from '../../src/testing/index.ts';

const SEEDS = 200;

/** A reply that has one of these, and anything after it, makes a shipped widget show its error instead. */
const FILTERED =
  /(<\/?script|<style|url=|url\(|onload|onerror|src=|alert\(|href=|javascript:|redirect \d)./is;

const COMMANDS = {
  pserver: [
    ...Array.from({ length: 2 }, () => ({ type: 'generateInsights' })),
    ...Array.from({ length: 8 }, (_, index) => ({
      type: 'getInsightDetails',
      insightId: `insight-${index + 1}`,
    })),
    ...['getInsights', 'getInboxInsights', 'getInsightRating', 'getBudgetsCategories', 'initPersonetics'],
    ...['getInsightStory', 'getInsightStoryData', 'getInsightStoryDefinition', 'getInsightStoryTexts'],
    ...['messageHistory', 'getStoryQueryData'],
  ],
  enrich: ['getUserSubscriptions'],
  ob: ['getBankConfiguration', 'getAccounts', 'getFinancialInstitutions', 'refreshTime'],
} as const;

it(`the widget’s filter of texts lets every reply of ${SEEDS} seeds through`, () => {
  let replies = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const sandbox = createSandbox({ seed });
    for (const server of ['pserver', 'enrich', 'ob'] as const) {
      for (const named of COMMANDS[server]) {
        const command = typeof named === 'string' ? { type: named, id: 'insight-1', queryName: 'q' } : named;
        const reply = sandbox[server].execute(command);
        expect(reply.ok, JSON.stringify(command)).toBe(true);
        expect(JSON.stringify(reply)).not.toMatch(FILTERED);
        replies += 1;
      }
    }
  }
  expect(replies).toBe(SEEDS * 26);
});

it.each(['a <SCRIPT>', 'url(x)', 'src=x', 'HREF="x"', 'redirect 7x'])(
  'the filter would not let %s through',
  (text) => {
    expect(JSON.stringify({ text })).toMatch(FILTERED);
  },
);
