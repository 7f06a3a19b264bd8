import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { live } from './live.ts';
import { startPagesWithAxe } from './pages.ts';

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

export function testLooks(name: EngineName): void {
  describe.each(['light', 'dark'] as const)(`the looks of the inspector in ${name}, %s`, (colourScheme) => {
    it.each([1280, 360])('have no fault of accessibility that axe finds, at a width of %i', async (width) => {
      const server = await startPagesWithAxe();
      const engine = await launch(name, { viewport: { width, height: 900 }, colourScheme });
      try {
        const page = await engine.open(server.url);
        await live(page, server);
        await page.evaluate(() => choose('getAccounts'));
        await page.waitFor(() => text('.details').includes('getAccounts'));
        const shots = process.env['BANKSIDE_SCREENSHOTS'];
        if (shots) await page.screenshot(`${shots}/inspector-${name}-${colourScheme}-${width}.png`);
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
      } finally {
        await engine.close();
        await server.close();
      }
    });
  });
}

declare function text(css: string): string;
declare function choose(words: string): Promise<void>;
