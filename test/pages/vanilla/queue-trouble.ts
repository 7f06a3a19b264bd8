import { beforeAll, describe, expect, it } from 'vitest';
import type { AllowedFailure } from '../../engines/observed-request.ts';
import type { Example } from './example.ts';
import { WatchedBank } from './watched-bank.ts';

type Failed = AllowedFailure['status'];

const begun = { name: 'SYNC_ALL_STARTED', isLookedUp: false };
const asTold = [begun, { name: 'SYNC_ALL_SUCCESS', isLookedUp: false }];
const asLookedUp = [begun, { name: 'SUCCESS', isLookedUp: true }];

/** What goes wrong, what the panel tells of it, and how the page came to know what the spoilt events told. */
const troubles: readonly {
  fault: string;
  told: readonly (readonly [name: string, detail?: string])[];
  steps: typeof asTold;
  failures: readonly Failed[];
}[] = [
  { fault: 'lost', told: [['gap', 'network'], ['reconciled']], steps: asLookedUp, failures: ['failed'] },
  { fault: 'silently-lost', told: [['reconciled']], steps: asLookedUp, failures: [] },
  { fault: 'duplicate', told: [], steps: asTold, failures: [] },
  {
    fault: 'malformed',
    told: [
      ['failure', 'INVALID_RESPONSE'],
      ['gap', 'truncated'],
    ],
    steps: asTold,
    failures: [],
  },
  { fault: 'expired-token', told: [], steps: asTold, failures: [401] },
];

export function testQueueTrouble(getExample: () => Example): void {
  describe('a queue that misbehaves', () => {
    let bank: WatchedBank;

    beforeAll(async () => {
      const example = getExample();
      bank = await WatchedBank.on(example);
      await bank.link('success');
      await bank.phase('success');
      await example.page.click('[data-sync="close"]');
      await example.absent('.sync');
    });

    /** What is made to fail, at whichever queue or connection that is. */
    const failing = (...statuses: readonly Failed[]): readonly AllowedFailure[] =>
      bank.example.observed.requests
        .filter(({ path }) => /^\/linxo\/(queues|connections)\//.test(path))
        .flatMap(({ path }) => statuses.map((status) => ({ path, status })));

    async function begin(): Promise<void> {
      for (const channel of ['EMBEDDED', 'REDIRECT']) {
        bank.linxo.publish(bank.id, { event: 'SYNC_ALL_STARTED', channel });
      }
      await bank.example.page.click('#poller-nudge');
      await bank.phase('running');
    }

    function end(): void {
      bank.linxo.publish(bank.id, { event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' });
      bank.linxo.publish(bank.id, { event: 'TOKEN_EXPIRED', channel: 'REDIRECT' });
    }

    it.each(troubles)('ends in the right state after $fault', async ({ fault, told, steps, failures }) => {
      await begin();
      await bank.misbehave(fault);
      end();
      await bank.prompt('TOKEN_EXPIRED');
      await bank.example.present('[data-kind="EMBEDDED"][data-status="SUCCESS"]');
      // Firefox sends a read whose connection broke once more by itself, and tells nobody.
      const isUnseen = fault === 'lost' && bank.example.engine.name === 'firefox';
      for (const [name, detail] of isUnseen ? [] : told) await bank.notes(name, detail);
      expect(await bank.steps('EMBEDDED')).toEqual(steps);
      expect(await bank.example.problems({ requests: failing(...failures) })).toEqual([]);
    });

    it('gets another queue when its own is gone, and looks up what it missed', async () => {
      await begin();
      const queue = await bank.example.text('#poller-queue');
      await bank.misbehave('gone');
      end();
      for (const name of ['expired', 'subscribed', 'reconciled']) await bank.notes(name);
      await bank.notes('gap', 'expired');
      await bank.prompt('TOKEN_EXPIRED');
      expect(await bank.example.text('#poller-queue')).not.toBe(queue);
      expect(await bank.example.problems({ requests: failing(404) })).toEqual([]);
    });

    it('is asked again and again while it is out of reach', async () => {
      await begin();
      await bank.misbehave('unavailable');
      end();
      await bank.notes('failure', 'HTTP 503');
      await bank.example.says('#poller-status-words', 'The queue failed: HTTP 503.');
      // It would go on by itself, some seconds later.
      await bank.example.page.waitFor(() => {
        document.querySelector<HTMLElement>('#poller-nudge')?.click();
        return document.querySelector('[data-prompt="TOKEN_EXPIRED"]') !== null;
      });
      expect(bank.example.observed.requests.filter(({ status }) => status === 503)).toHaveLength(2);
      expect(await bank.example.problems({ requests: failing(503) })).toEqual([]);
    });

    it('is left alone during a pause', async () => {
      const { page } = bank.example;
      await page.click('#poller-pause');
      await bank.example.says('#poller-status', 'paused');
      await bank.notes('status', 'polling → paused');
      bank.linxo.publish(bank.id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
      expect(await bank.example.text('#poller-pause')).toBe('Resume');
      await page.click('#poller-pause');
      await bank.phase('running');
      await bank.polls();
      expect(await bank.example.problems()).toEqual([]);
    });

    it.each([
      { scenario: 'success' as const, end: () => bank.phase('success') },
      { scenario: 'sms-challenge' as const, end: () => bank.prompt('AUTH_FAILED') },
    ])('knows how $scenario ended after the laptop was closed for an hour', async ({ scenario, end }) => {
      bank.linxo.synchronise(bank.id, scenario, { speed: 10 });
      await bank.phase(scenario === 'success' ? 'running' : 'action');
      const queue = await bank.example.text('#poller-queue');
      await bank.misbehave('asleep');
      await bank.notes('expired', queue);
      await end();
      await bank.example.absent('[data-prompt="CHALLENGE_REQUIRED"]');
      expect(await bank.example.problems({ requests: failing(401, 404) })).toEqual([]);
    });
  });
}
