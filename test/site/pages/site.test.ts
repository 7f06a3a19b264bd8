import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';
import type { LocalServer } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { serveSite } from '../fixtures/serve-site.ts';

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

const base = '/a/b/';

/** Clicks a link of the page by what it leads to, as far as the site is concerned. */
async function follow(page: Page, path: string): Promise<void> {
  await page.waitFor((address) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')];
    const link = links.find(({ pathname }) => pathname === address);
    link?.click();
    return link;
  }, `${base}${path}`);
  await page.waitFor((address) => location.pathname === address, `${base}${path}`);
}

async function headingIs(page: Page, text: string): Promise<void> {
  await page.waitFor((expected) => document.querySelector('h1')?.textContent?.includes(expected), text);
}

describe(`the site below a path, under a strict policy, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let server: LocalServer;
  let observed: ObservedServer;
  let page: Page;

  async function open(path: string): Promise<void> {
    server = await serveSite(base);
    observed = await ObservedServer.start(server.url);
    page = await getEngine().open(`${observed.url}${base}${path}`);
  }

  afterEach(async () => {
    await page?.close();
    await observed?.close();
    await server?.close();
  });

  it('leads from page to page, also between folders, and back', async () => {
    await open('');
    await headingIs(page, 'bankside');
    // Until the page is alive, a link loads the next page in the plain way.
    await page.waitFor(() => document.querySelector('.VPHome[role=main]'));
    await follow(page, 'vanilla.html');
    await headingIs(page, 'Without a framework');
    await follow(page, 'api/');
    await headingIs(page, 'API reference');
    await follow(page, 'api/bankside/');
    await follow(page, 'api/bankside/classes/WidgetBridge.html');
    await headingIs(page, 'WidgetBridge');
    await follow(page, 'figures.html');
    await headingIs(page, 'Measurements');
    await page.evaluate(() => history.back());
    await headingIs(page, 'WidgetBridge');
    await follow(page, 'overview.html');
    await headingIs(page, 'bankside');
    expect(await observed.problems(page)).toEqual([]);
    expect(observed.requests.filter(({ path }) => !path.startsWith(base))).toEqual([]);
  });

  it('opens at any page, and finds guides and exported names', async () => {
    await open('api/bankside/functions/httpTransport.html');
    await page.click('.DocSearch-Button');
    await page.waitFor(() => document.querySelector('#localsearch-input'));
    // Guides come before the many members of exported names.
    await page.type('#localsearch-input', 'token');
    await page.waitFor((path) => {
      const first = document.querySelector('.result')?.getAttribute('href');
      return first && !first.startsWith(`${path}api/`);
    }, base);
    await page.evaluate(() => (document.querySelector('#localsearch-input') as HTMLInputElement).select());
    await page.press(...'gateway');
    await page.waitFor((path) => document.querySelector(`.result[href^="${path}gateway.html"]`), base);
    await page.evaluate(() => (document.querySelector('#localsearch-input') as HTMLInputElement).select());
    await page.press(...'QueuePoller');
    await page.waitFor(
      (path) => document.querySelector(`.result[href^="${path}api/bankside/classes/QueuePoller.html"]`),
      base,
    );
    await page.press('Enter');
    await page.waitFor(() => !document.querySelector('#localsearch-input'));
    // Firefox reports a link that preloads a module which it has loaded already. The file itself was answered.
    const reports = [/ link \S+\/assets\/chunks\/framework\.[\w-]+\.js$/];
    expect(await observed.problems(page, { reports })).toEqual([]);
  });

  it('becomes dark, and stays so', async () => {
    await open('vanilla.html');
    const isDark = () => document.documentElement.classList.contains('dark');
    expect(await page.evaluate(isDark)).toBe(false);
    await page.click('.VPNavBarAppearance .VPSwitchAppearance');
    await page.waitFor(isDark);
    await page.goto(`${observed.url}${base}react.html`);
    expect(await page.evaluate(isDark)).toBe(true);
    expect(await observed.problems(page)).toEqual([]);
  });

  it('says that there is no page at an address, at any depth', async () => {
    server = await serveSite(base);
    page = await getEngine().open(`${server.url}${base}api/bankside/no-such-kind/page.html`);
    await headingIs(page, 'Page not found');
    await follow(page, 'api/bankside/');
    await headingIs(page, 'bankside');
  });
});

describe.each(['light', 'dark'] as const)(
  `the look of the site in ${engineUnderTest}, %s`,
  (colourScheme) => {
    let server: LocalServer;
    let engine: Engine;
    let page: Page;

    beforeAll(async () => {
      const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
      server = await serveSite('/', { scripts: { '/axe.js': axe } });
      engine = await launch(engineUnderTest, { viewport: { width: 1280, height: 900 }, colourScheme });
      page = await engine.open(server.url);
    });

    afterAll(async () => {
      await engine?.close();
      await server?.close();
    });

    const shown = ['', 'vanilla.html', 'figures.html', 'api/bankside/classes/WidgetBridge.html'];
    const widths = [1280, 768, 360];
    const cases = shown.flatMap((path) => widths.map((width) => ({ path, width })));

    it.each(cases)(
      '/$path passes the accessibility checks of axe, $width px wide',
      async ({ path, width }) => {
        await page.resize({ width, height: 900 });
        await page.goto(`${server.url}/${path}`);
        await page.waitFor(() => document.querySelector('.DocSearch-Button-Keys[aria-hidden]'));
        expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(
          colourScheme === 'dark',
        );
        const { scrollWidth, clientWidth } = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return { scrollWidth, clientWidth };
        });
        expect(scrollWidth).toBe(clientWidth);
        const findings = await page.evaluate(async () => {
          const script = document.createElement('script');
          script.src = '/axe.js';
          document.head.append(script);
          await new Promise((resolve) => script.addEventListener('load', resolve));
          const { violations, passes } = await window.axe.run();
          return {
            violations: violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
            passes: passes.length,
          };
        });
        expect(findings.violations).toEqual([]);
        expect(findings.passes).toBeGreaterThan(10);
      },
    );
  },
);
