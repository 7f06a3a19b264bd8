import type { Engine, EngineName, LaunchOptions } from './engine.ts';
import { launchChromium, launchFirefox } from './puppeteer-engine.ts';
import { launchWebKit } from './webkit-engine.ts';

const launchers: Record<EngineName, (options: LaunchOptions) => Promise<Engine>> = {
  chromium: launchChromium,
  firefox: launchFirefox,
  webkit: launchWebKit,
};

/**
 * Starts a real browser without a visible window.
 *
 * @example
 * ```ts
 * const engine = await launch('webkit', { viewport: { width: 390, height: 844 }, colourScheme: 'dark' });
 * const page = await engine.open('http://127.0.0.1:4173/');
 * await page.click('#refresh');
 * await page.waitFor(() => document.querySelector('#state')?.textContent === 'answered');
 * await engine.close();
 * ```
 */
export function launch(name: EngineName, options: LaunchOptions = {}): Promise<Engine> {
  return launchers[name](options);
}
