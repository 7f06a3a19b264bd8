import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Page } from '../../engines/page.ts';
import { useEngine } from '../../engines/use-engine.ts';
import { WatchedHost } from './watched-host.ts';

describe(`a WebView with a host, as ${engineUnderTest} loads pages`, () => {
  const getEngine = useEngine(engineUnderTest);
  let app: WatchedHost;
  let page: Page;

  beforeAll(async () => {
    page = await getEngine().open('about:blank');
  });

  beforeEach(() => {
    app = new WatchedHost();
  });

  afterEach(() => app.close());

  /** The old page asks after the navigation has begun, and the server of the next answers after that. */
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
    ])('brings no reply to what the page before has asked late, as %s tells', async (_what, withOrigins) => {
      await app.open(withOrigins);
      await leaveFor(address());
      // So that the beginning of the navigation would not tell them apart.
      expect(await page.evaluate(() => performance.timeOrigin)).toBeLessThan(app.askedAt);

      expect(await app.answer(page)).toEqual([]);
      expect(app.transport.requests.map(({ type }) => type)).toEqual(['old']);
      await app.ask(page, 'next');
      expect(await app.answer(page)).toEqual([[{ of: 'next' }, '1']]);
    });

    it('brings its own reply to what it asks under the same id', async () => {
      await app.open(true);
      await leaveFor(address());
      await app.ask(page, 'next');

      expect(await app.answer(page)).toEqual([[{ of: 'next' }, '1']]);
    });
  });

  it('B1 answers a page that stays what it has asked late', async () => {
    await app.open(true);
    await page.goto(`${app.origin}/old`);
    await app.leave(page, '/late-nothing');

    expect(await app.answer(page)).toEqual([[{ of: 'old' }, '1']]);
  });
});
