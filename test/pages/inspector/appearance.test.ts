import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import { addActivity } from './add-activity.ts';
import { startPagesWithAxe } from './pages.ts';

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

describe.each(['light', 'dark'] as const)(
  `the appearance of the inspector in ${engineUnderTest}, %s`,
  (colourScheme) => {
    let server: SandboxServer;
    let engine: Engine;
    let page: Page;

    beforeAll(async () => {
      server = await startPagesWithAxe();
      engine = await launch(engineUnderTest, { viewport: { width: 1280, height: 900 }, colourScheme });
      page = await engine.open(server.url);
      await addActivity(page, server);
      await page.evaluate(() => choose('getAccounts'));
      await page.waitFor(() => text('.details').includes('getAccounts'));
    });

    afterAll(async () => {
      await engine?.close();
      await server?.close();
    });

    async function expectAccessible(width: number, name: string): Promise<void> {
      await page.resize({ width, height: 900 });
      const shots = process.env['BANKSIDE_SCREENSHOTS'];
      if (shots) await page.screenshot(`${shots}/${name}-${engineUnderTest}-${colourScheme}-${width}.png`);
      const { scrollWidth, clientWidth } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        clientWidth: document.documentElement.clientWidth,
      }));
      expect(scrollWidth).toBe(clientWidth);
      const findings = await page.evaluate(async () => {
        const { violations, passes } = await window.axe.run();
        return {
          violations: violations.map(({ id, nodes }) => [id, ...nodes.map(({ html: at }) => at)]),
          passes: passes.length,
        };
      });
      expect(findings.violations).toEqual([]);
      expect(findings.passes).toBeGreaterThan(10);
    }

    it.each([1280, 360])('passes the accessibility checks of axe, at a width of %i', (width) =>
      expectAccessible(width, 'inspector'),
    );

    it.each([
      ['Record', 'offered'],
      ['Start recording', 'running'],
      ['Stop recording', 'ended'],
    ])('passes them with the panel of a recording, after %s', async (button, state) => {
      await page.evaluate((name) => press(name), button);
      await page.waitFor((name) => inside('.recording').dataset['state'] === name, state);
      for (const width of [1280, 360]) await expectAccessible(width, `recording-${state}`);
    });
  },
);

declare function inside(css: string): HTMLElement;
declare function press(name: string): void;
declare function text(css: string): string;
declare function choose(words: string): Promise<void>;
