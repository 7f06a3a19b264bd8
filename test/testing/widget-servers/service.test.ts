import { describe, expect, it } from 'vitest';
import { createSandbox, type Reply, type Sandbox } from '../../../src/testing/index.ts';

/** Changes everything in a value. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    const fields = value as Record<string, unknown>;
    spoil(fields[name]);
    fields[name] = 'spoiled';
  }
}

/** A reply without its id, which differs each time. */
const withoutId = (reply: Reply): object => ({ ...reply, requestId: undefined });

type Case = readonly [server: 'pserver' | 'enrich' | 'ob', type: string, fields?: object];

const commands: readonly Case[] = [
  ['pserver', 'initPersonetics'],
  ['pserver', 'getInsights'],
  ['pserver', 'getInboxInsights'],
  ['pserver', 'messageHistory'],
  ['pserver', 'getInsightDetails', { id: 'insight-1' }],
  ['pserver', 'getInsightStoryDefinition', { id: 'insight-1' }],
  ['pserver', 'getInsightStoryTexts', { id: 'insight-1' }],
  ['pserver', 'getInsightStoryData', { id: 'insight-1' }],
  ['pserver', 'getStoryQueryData', { id: 'insight-1', queryName: 'q' }],
  ['pserver', 'getInsightRating', { id: 'insight-1' }],
  ['pserver', 'getBudgetsCategories'],
  ['enrich', 'getUserSubscriptions'],
  ['ob', 'getBankConfiguration'],
  ['ob', 'getAccounts'],
  ['ob', 'getFinancialInstitutions'],
];

describe('a server’s execute', () => {
  it.each(commands.map((command) => ({ command })))('returns a copy for $command', ({ command }) => {
    const [server, type, fields = {}] = command;
    const sandbox: Sandbox = createSandbox();
    const ask = (): Reply => sandbox[server].execute({ type, ...fields });
    ask(); // from now on an insight is read
    const reply = ask();
    const before = structuredClone(withoutId(reply));
    spoil(reply);

    expect(withoutId(ask())).toEqual(before);
    expect(withoutId(createSandbox()[server].execute({ type, ...fields }))).toMatchObject({ ok: true });
    expect(JSON.stringify(sandbox[server])).not.toContain('spoiled');
  });
});
