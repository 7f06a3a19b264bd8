import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { WatchedHost } from './watched-host.ts';

describe(`a WebView with a host in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let app: WatchedHost;
  let page: Page;

  beforeAll(async () => {
    page = await getEngine().open('about:blank');
  });

  beforeEach(() => {
    app = new WatchedHost();
  });

  afterEach(() => app.close());

  /** The old page sends a request after the navigation has started, and the server of the next page answers later. */
  async function leaveFor(address: string): Promise<void> {
    await page.goto(`${app.origin}/old`);
    await app.leave(page, address);
    await page.waitFor(() => document.title === 'next');
  }

  describe.each([
    ['of the same origin', () => '/late'],
    ['of another origin', () => `${app.otherOrigin}/late`],
    [
      'that a slow redirect leads to',
      () => `/late-redirect?${encodeURIComponent(`${app.otherOrigin}/late`)}`,
    ],
  ])('B1 to a page %s', (_which, address) => {
    it.each([
      ['its time alone', false],
      ['its origin as well', true],
    ])('delivers no reply to a late request of the page before, as %s shows', async (_what, withOrigins) => {
      await app.open(withOrigins);
      await leaveFor(address());
      // So that the start of the navigation would not distinguish them.
      expect(await page.evaluate(() => performance.timeOrigin)).toBeLessThan(app.requestedAt);

      expect(await app.answer(page)).toEqual([]);
      expect(app.transport.requests.map(({ type }) => type)).toEqual(['old']);
      await app.ask(page, 'next');
      expect(await app.answer(page)).toEqual([[{ of: 'next' }, '1']]);
    });

    it('delivers the reply to its own request under the same id', async () => {
      await app.open(true);
      await leaveFor(address());
      await app.ask(page, 'next');

      expect(await app.answer(page)).toEqual([[{ of: 'next' }, '1']]);
    });
  });

  it('B1 answers a late request of a page that stays', async () => {
    await app.open(true);
    await page.goto(`${app.origin}/old`);
    await app.leave(page, '/late-nothing');

    expect(await app.answer(page)).toEqual([[{ of: 'old' }, '1']]);
  });
});
