import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../examples/sandbox/server.js';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';
import type { Setting } from '../../pages/vanilla/example.ts';

/** As `npm run start:all` serves it. */
export function testBelowAPath(name: string, getSetting: () => Setting): void {
  describe('with the other pages at one address', () => {
    let server: RunningServer;
    let observed: ObservedServer;
    let page: Page;

    beforeAll(async () => {
      const { engine, pageFolder = '' } = getSetting();
      const otherPages = { '/vanilla/': 'examples/showcase/vanilla', [`/${name}/`]: pageFolder };
      server = await startServer({ port: 0, env: {}, pageFolder: 'examples/showcase', otherPages });
      observed = await ObservedServer.start(server.url);
      page = await engine.open(observed.url);
    });

    afterAll(async () => {
      await page.close();
      await observed.close();
      await server.close();
    });

    it.each(['vanilla', name])('leads to %s, which works there', async (one) => {
      await page.goto(observed.url);
      await page.click(`a[href="${one}/"]`);
      for (const part of ['insights', 'linked'])
        await page.waitFor(
          (css) => document.querySelector(css) !== null,
          `[data-part="${part}"][data-state="ready"]`,
        );
      await page.waitFor(() => document.querySelector('#poller[data-status="polling"]') !== null);
      expect(await page.evaluate(() => location.pathname)).toBe(`/${one}/`);
      const left = observed.requests.flatMap(({ path, status }) =>
        status === 'aborted' ? [{ path, status } as const] : [],
      );
      expect(await observed.problems(page, { requests: left })).toEqual([]);
    });

    it.each([
      { from: `/${name}/`, home: `/${name}/` },
      { from: 'https://elsewhere.example/', home: '/' },
      { from: '//elsewhere.example/', home: '/' },
    ])('is where a customer comes back to from another bank: from $from to $home', async ({ from, home }) => {
      const query = new URLSearchParams({ from, for: 'TOKEN_EXPIRED', connection: 'c-1', bank: 'A bank' });
      await page.goto(`${observed.url}/shared/their-bank.html?${query}`);
      const links = await page.waitFor(() => {
        const [done, notNow] = ['done', 'not-now'].map((id) =>
          document.querySelector<HTMLAnchorElement>(`#${id}`),
        );
        return done?.textContent?.startsWith('Yes') && [done.href, notNow?.href];
      });
      expect(links).toEqual([`${observed.url}${home}?back=c-1`, `${observed.url}${home}`]);
    });
  });
}
