import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/testing/seeded-random.ts';
import { createBudgets } from '../../../src/testing/widget-servers/budgets.ts';
import { createEnrichServer } from '../../../src/testing/widget-servers/enrich.ts';
import { createOpenBankingServer } from '../../../src/testing/widget-servers/open-banking.ts';
import { createPServer } from '../../../src/testing/widget-servers/pserver.ts';

const SEEDS = 200;

/** For a reply that contains one of these, with any character after it, a shipped widget shows its error. */
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

/** The servers without the sandbox around them. */
function servers(seed: number) {
  const random = (stream: string) => seededRandom(seed, stream);
  return {
    pserver: createPServer(random('pserver'), createBudgets(random('budgets'))),
    enrich: createEnrichServer(random('enrich')),
    ob: createOpenBankingServer(random('ob')),
  };
}

it(`the widget’s filter of texts lets every reply of ${SEEDS} seeds through`, () => {
  const wrong: object[] = [];
  let replies = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const all = servers(seed);
    for (const server of ['pserver', 'enrich', 'ob'] as const) {
      for (const named of COMMANDS[server]) {
        const command = typeof named === 'string' ? { type: named, id: 'insight-1', queryName: 'q' } : named;
        const reply = all[server].execute(command);
        const text = JSON.stringify(reply);
        if (!reply.ok || FILTERED.test(text)) wrong.push({ seed, command, text });
        replies += 1;
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(replies).toBe(SEEDS * 26);
});

it.each(['a <SCRIPT>', 'url(x)', 'src=x', 'HREF="x"', 'redirect 7x'])(
  'the filter would reject %s',
  (text) => {
    expect(JSON.stringify({ text })).toMatch(FILTERED);
  },
);
