import { describe, expect, it, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import { bankside } from './fixtures/built.ts';
import { pageOf } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';

const stage = queueTests();
const { pass, inTime } = stage;

describe('an event that does not fit', () => {
  it('Q2 S4 is reported as the page says, with path and reason', async () => {
    const received: string[] = [];
    stage.page.poller.on('failure', ({ error }) => {
      if (bankside.isBanksideError(error, 'INVALID_RESPONSE')) received.push(error.details.received);
    });
    await inTime(stage.page.poller.start());
    const odd = { id: 'e', event_type: 'LIST_ACCOUNTS', resource: { id: 'c', name: ['secret'] } };
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', async () => {
      vi.stubGlobal('fetch', fetch);
      return Response.json([odd]);
    });
    await pass(5_000);
    const misfit = '0: resource.name: invalid_type, expected string';
    expect(received).toEqual([`1 of 1 that do not fit (${misfit})`]);
    expect(pageOf('docs/poller.md').text).toContain(misfit);
  });
});

describe('the cost', () => {
  const polls = (poller: QueuePoller): (() => number) => {
    let count = 0;
    poller.on('poll', () => {
      count += 1;
    });
    return () => count;
  };

  it('of a day with nothing going on is fewer than 200 polls', async () => {
    const count = polls(stage.page.poller);
    await inTime(stage.page.poller.start());
    await pass(86_400_000);
    expect(count()).toBeGreaterThan(120);
    expect(count()).toBeLessThan(200);
  });

  it('of a minute of synchronisation is about 33', async () => {
    const { poller, sandbox } = { poller: stage.page.poller, sandbox: stage.sandbox };
    const count = polls(poller);
    await inTime(poller.start());
    sandbox.linxo.synchronise('connection-1', 'success', { speed: 0.5 });
    const before = count();
    await pass(60_000);
    expect(Math.abs(count() - before - 33)).toBeLessThanOrEqual(3);
  });
});
