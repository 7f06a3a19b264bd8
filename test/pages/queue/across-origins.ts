import { describe, expect, it } from 'vitest';
import type { CorsOptions } from '../../../src/testing/index.ts';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { RARE, Tab } from './tab.ts';

/** The queue's server has another origin than the page. */
export function testAcrossOrigins(getEngine: () => Engine, getServer: () => QueueServer): void {
  /** A page of another site than the queue's, which follows unless the start fails. */
  async function open(
    cors: Partial<CorsOptions>,
    schedule?: object,
  ): Promise<{ tab: Tab; started: Promise<void> }> {
    const server = getServer();
    server.sandbox.linxo.configure({ cors: { origins: [server.otherSite], ...cors } });
    const tab = await Tab.at(server.otherSite, getEngine(), server);
    const started = tab.follow({ baseUrl: `${server.url}/linxo`, ...(schedule && { schedule }) });
    return { tab, started };
  }

  describe('across origins', () => {
    it('Q7 one request for each poll, once the preflight is cached', async () => {
      const server = getServer();
      const before = server.visits.length;
      const { started } = await open({});
      await started;
      await expect.poll(() => server.reads(before).length).toBeGreaterThan(3);
      const since = server.visits.length;
      await expect.poll(() => server.reads(since).length).toBeGreaterThan(10);
      const visits = server.visits.slice(since);

      expect(visits.map(({ method }) => method)).toEqual(visits.map(() => 'GET'));
    });

    it('Q1 a Location that the page cannot read is a clear error', async () => {
      const { tab, started } = await open({ exposedHeaders: [] });
      await expect(started).rejects.toThrow(/INVALID_RESPONSE|Access-Control-Expose-Headers: Location/);
      expect(await tab.recorded()).toMatchObject({
        status: 'failed',
        pollerEvents: expect.arrayContaining(['failure INVALID_RESPONSE']),
      });
    });

    it.each([
      ['may', ['location', 'retry-after'], 901_000, 993_000], // of an hour a queue's life, a tenth of it, and a first retry's own gap
      ['may not', ['location'], 0, 3_000], // asked meanwhile, it comes before the pause is over
    ])('Q7 a Retry-After that the page %s read', async (_may, exposedHeaders, least, most) => {
      const server = getServer();
      const { tab, started } = await open({ exposedHeaders }, RARE);
      await started;
      server.sandbox.fault({
        server: 'linxo',
        type: 'queue',
        kind: 'error',
        status: 503,
        retryAfter: 3_600,
        count: 1,
      });
      await tab.page.evaluate(() => poller.nudge());
      const { retryIn, pollerEvents } = await tab.until(({ retryIn: known }) => known !== undefined);

      expect(pollerEvents).toContain('failure HTTP');
      expect(pollerEvents).not.toContain('gap network');
      expect(retryIn).toBeGreaterThanOrEqual(least);
      expect(retryIn).toBeLessThanOrEqual(most);
    });
  });
}
