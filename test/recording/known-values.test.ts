import { expect, it } from 'vitest';
import { documentedTypes } from '../../src/queue/server/event-types.ts';
import { knownNames, knownRules } from '../../src/recording/known-values.ts';
import { seededRandom } from '../../src/testing/seeded-random.ts';
import { createBudgets } from '../../src/testing/widget-servers/budgets.ts';
import { createEnrichServer } from '../../src/testing/widget-servers/enrich.ts';
import { createOpenBankingServer } from '../../src/testing/widget-servers/open-banking.ts';
import { createPServer } from '../../src/testing/widget-servers/pserver.ts';

const rules = knownRules();
const names = knownNames();

it('S6: each type of event that the documents name stays', () => {
  for (const type of documentedTypes()) {
    expect(rules.get('event_type')?.(type), type).toBe(true);
  }
});

it('S6: each field with a rule is a known name', () => {
  for (const field of rules.keys()) expect(names, field).toContain(field);
});

/** Reads of the three servers that answer with all kinds of objects. */
const READS = {
  pserver: ['getInsights', 'getInsightDetails', 'getInsightRating', 'getBudgetsCategories', 'messageHistory'],
  enrich: ['getUserSubscriptions'],
  ob: ['getBankConfiguration', 'getAccounts', 'getFinancialInstitutions', 'refreshTime'],
} as const;

it('S6: the names of the fields that the sandbox answers are known, and its types', () => {
  const random = seededRandom(1, 'test');
  const servers = {
    pserver: createPServer(random, createBudgets(random)),
    enrich: createEnrichServer(random),
    ob: createOpenBankingServer(random),
  };
  const unknown = new Set<string>();
  for (const server of ['pserver', 'enrich', 'ob'] as const) {
    for (const type of READS[server]) {
      expect(rules.get('type')?.(type), type).toBe(true);
      const reply = servers[server].execute({ type, id: 'insight-1', lang: 'fr' });
      expect(reply.ok, type).toBe(true);
      for (const name of namesIn(reply)) if (!names.has(name)) unknown.add(name);
    }
  }
  // Texts of a story are stored by the ids of its dialogs.
  expect([...unknown].filter((name) => !name.startsWith('dialog-'))).toEqual([]);
});

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesIn)];
}
