import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { queueEventSchema } from '../../src/index.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';

const stage = queueTests();
const { run, pass, inTime } = stage;

const said = (): unknown[] => stage.page.console.log.mock.calls.map(([words]) => words);

/** The page's own poller has begun, and a synchronisation after it. */
async function synchronise(): Promise<void> {
  await inTime(stage.page.poller.start());
  stage.sandbox.linxo.synchronise(stage.page.connectionId, 'success');
}

describe('fields of the page’s own', () => {
  const fields = (n: number): Snippet => codeUnder('docs/poller.md', 'Fields of your own', n);

  it('Q2 S4 are read by a schema that the page extends', async () => {
    await run(fields(0));
    await synchronise();
    await pass(60_000);
    expect(said()).toEqual([
      expect.stringMatching(/^8701: Current account, [\d.]+$/),
      expect.stringMatching(/^8701: Savings, [\d.]+$/),
      expect.stringMatching(/^8700: Current account, [\d.]+$/),
      expect.stringMatching(/^8700: Savings, [\d.]+$/),
    ]);
  });

  it('Q2 S4 are read in the connection of an event, too', async () => {
    await run(fields(1));
    await synchronise();
    await pass(60_000);
    expect(said()[0]).toMatch(/^SYNC_ALL_STARTED: https:/);
    expect(said().at(-1)).toMatch(/^SYNC_ALL_SUCCESS: https:/);
  });

  it.each([
    ['fits', 'https://logos.bank.example/1.svg', 1],
    ['does not fit, and is passed over', 'logo', 0],
    ['is missing, and the event is passed over', undefined, 0],
  ])('Q2 S4 one that %s', async (_what, logo_url, times) => {
    let handler = (_event: object): void => {};
    const on = (_type: '*', given: typeof handler): void => {
      handler = given;
    };
    await run(fields(1), { poller: { on } });
    handler({ id: 'e', event_type: 'LIST_ACCOUNTS', resource: { id: 'c', logo_url } });
    expect(said()).toHaveLength(times);
  });

  it('Q2 are read where events come another way, types in event_status among them', async () => {
    await run(fields(2));
    expect(said()).toEqual(['SYNC_ALL_SUCCESS']);
  });
});

describe('projects that have the full zod', () => {
  it('S4 an object of the full zod and a schema of the queue are read as one', () => {
    const accounts = z.array(z.object({ name: z.string() }));
    const schema = z.object({ accounts }).and(queueEventSchema);
    const event = { id: 1, event_status: 'SYNC_ALL_SUCCESS', accounts: [{ name: 'Savings' }] };

    const {
      event_type,
      accounts: [account],
    } = schema.parse(event);

    expect([event_type, account?.name]).toEqual(['SYNC_ALL_SUCCESS', 'Savings']);
    expect(schema.safeParse({ ...event, accounts: [{}] }).error?.issues).toMatchObject([
      { path: ['accounts', 0, 'name'] },
    ]);
    const unfit = { ...event, event_type: 'LIST_ACCOUNTS', event_status: null, resource: { id: '..' } };
    expect(schema.safeParse(unfit).error?.issues).toMatchObject([{ path: ['resource', 'id'] }]);
  });

  it('S4 the fields alone lose the checks of the whole event', () => {
    const schema = z.object({ ...queueEventSchema.shape });
    expect(schema.safeParse({ id: 1, event_type: 'LIST_ACCOUNTS', resource: { id: '..' } }).success).toBe(
      true,
    );
    expect(z).not.toHaveProperty('extend');
    expect(z).not.toHaveProperty('safeExtend');
  });
});
