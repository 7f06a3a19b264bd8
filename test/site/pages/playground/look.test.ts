import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../engines/engine.ts';
import { engineUnderTest } from '../../../engines/engine-under-test.ts';
import { launch } from '../../../engines/launch.ts';
import type { Chromium } from '../../../engines/puppeteer-engine.ts';
import { PlaygroundPage } from './playground-page.ts';
import { PlaygroundSite } from './playground-site.ts';

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

const WIDTHS = [1440, 1024, 360];

/** What a visitor may see, and how to get there from the opened page. */
const STATES: Readonly<
  Record<string, { readonly query: string; act?(playground: PlaygroundPage): Promise<unknown> }>
> = {
  'as it opens': { query: '?speed=100', act: (playground) => playground.answered() },
  'in an app, with faults': {
    query: '?in=ios&sync=none&fault=error,server=pserver,status=503,count=9&fault=slow,ms=100',
  },
  'the code': { query: '?sync=none', act: ({ page }) => page.click('#code-tab') },
  'a link that was not read': { query: '?colour=red&fault=slwo&sync=none' },
  'a file that was not opened': { query: '?sync=none', act: (playground) => playground.openRecording('{') },
};

describe.each(['light', 'dark'] as const)(
  `the look of the playground in ${engineUnderTest}, %s`,
  (colourScheme) => {
    let site: PlaygroundSite;
    let engine: Engine;
    let playground: PlaygroundPage;

    beforeAll(async () => {
      site = await PlaygroundSite.open({ scripts: ['/axe.js'], hasPolicy: false });
      const viewport = { width: 1440, height: 900 };
      engine = await launch(engineUnderTest, { viewport, colourScheme });
      playground = new PlaygroundPage(await engine.open(site.address()));
    });

    afterAll(async () => {
      await engine?.close();
      await site?.close();
    });

    /** No other engine can be set to it here. */
    it.runIf(engineUnderTest === 'chromium')('moves nothing for those who want that reduced', async () => {
      const { page } = playground;
      const devtools = await (engine as Chromium).devtools(page);
      const motion = async (value: string): Promise<string | undefined> => {
        await devtools.send('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-reduced-motion', value }],
        });
        return page.evaluate(() => {
          const status = document.querySelector('#status');
          if (!status) return undefined;
          status.textContent = 'Copied.';
          return getComputedStyle(status).animationName;
        });
      };
      expect([await motion('no-preference'), await motion('reduce')]).toEqual(['appear', 'none']);
      await devtools.detach();
    });

    it.each(Object.keys(STATES))('passes the accessibility checks of axe at each width: %s', async (name) => {
      const { query = '', act } = STATES[name] ?? {};
      const { page } = playground;
      await page.resize({ width: 1440, height: 900 });
      await page.goto(site.address(query));
      await playground.started();
      // The inspector names its picture when it paints it.
      await page.waitFor(() =>
        document.querySelector('bankside-inspector')?.shadowRoot?.querySelector('canvas[aria-label]'),
      );
      await act?.(playground);
      for (const width of WIDTHS) {
        await page.resize({ width, height: 900 });
        const shots = process.env['BANKSIDE_SCREENSHOTS'];
        if (shots) {
          await page.screenshot(
            `${shots}/${name.replaceAll(' ', '-')}-${engineUnderTest}-${colourScheme}-${width}.png`,
          );
        }
        const { scrollWidth, clientWidth } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          clientWidth: document.documentElement.clientWidth,
        }));
        expect(scrollWidth).toBe(clientWidth);
        const findings = await page.evaluate(async () => {
          const { violations, passes } = await window.axe.run();
          return {
            violations: violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
            passes: passes.length,
          };
        });
        expect(findings.violations, `${width} px`).toEqual([]);
        expect(findings.passes).toBeGreaterThan(10);
      }
    });

    it('is reached by the keyboard alone: each control, in the order of the page', async () => {
      const { page } = playground;
      await page.resize({ width: 1440, height: 900 });
      await page.goto(site.address('?sync=none'));
      await playground.answered();
      const seen: string[] = [];
      for (let steps = 0; steps < 120 && !seen.includes('inspector-tab'); steps++) {
        await page.press('Tab');
        seen.push(await page.evaluate(() => document.activeElement?.id ?? ''));
      }
      const expected = [
        'restart',
        'copy-link',
        'open-recording',
        'shownIn',
        'widget',
        'replies',
        'timeout',
        'synchronisation',
        'speed',
        'seed',
        'fault-kind',
        'fault-server',
        'frame',
        'inspector-tab',
      ];
      expect(seen.filter((id) => expected.includes(id)).filter((id, at, all) => id !== all[at - 1])).toEqual(
        expected,
      );
      await page.press('ArrowRight');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('code-tab');
      expect(await playground.words('code-panel')).not.toBe('');
    });

    it('folds the settings on a telephone, and unfolds them', async () => {
      const { page } = playground;
      await page.resize({ width: 360, height: 740 });
      await page.goto(site.address('?sync=none'));
      await playground.started();
      const isShown = () => Boolean(document.getElementById('shownIn')?.getClientRects().length);
      expect(await page.evaluate(isShown)).toBe(false);
      await page.click('#choices-fold');
      await page.waitFor(isShown);
      await page.click('#choices-fold');
      await page.waitFor(() => !document.getElementById('shownIn')?.getClientRects().length);
    });
  },
);
