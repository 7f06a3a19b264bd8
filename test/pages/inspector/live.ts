import type { SandboxServer } from '../../../src/testing/server/index.ts';
import type { Page } from '../../engines/page.ts';

/**
 * A few minutes of a page's life, pressed together: an answer, a failure after repeats, a late reply, a stray one, a
 * challenge. Puts into the page, too, what the tests look into the inspector's shadow tree with.
 */
export async function live(page: Page, { sandbox }: SandboxServer): Promise<void> {
  await page.waitFor(() => window.inspected !== undefined);
  await page.evaluate(`() => {
    window.inside = (css) => {
      const root = window.inspected.inspector.shadowRoot;
      return css ? root.querySelector(css) : root;
    };
    window.text = (css) => inside(css).textContent;
    window.rows = () => [...inside().querySelectorAll('.row:not([hidden])')].map((row) => row.textContent);
    window.press = (name) => [...inside().querySelectorAll('button')].find((one) => one.textContent === name).click();
    window.choose = (words) =>
      [...inside().querySelectorAll('.row:not([hidden])')].find((row) => row.textContent.includes(words)).click();
  }`);
  sandbox.linxo.addConnection({ id: 'connection-1', name: 'Banque du Héron Bleu' });
  await page.evaluate(() => window.inspected.poller.start());
  sandbox.linxo.publish('connection-1', { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
  sandbox.linxo.publish('connection-1', { event: 'CHALLENGE_REQUIRED', channel: 'EMBEDDED' });
  await page.evaluate(() => window.inspected.poller.nudge());
  await page.evaluate(() => window.inspected.ask('1', 'PServer', 'getInsights'));
  await page.waitFor(() => rows().some((row) => /getInsights.*answered/.test(row)));

  sandbox.fault({ kind: 'never', server: 'enrich', count: 1 });
  await page.evaluate(() => window.inspected.ask('2', 'EnrichServer', 'hurry'));
  await page.waitFor(() => rows().some((row) => /hurry.*failed: TIMEOUT/.test(row)));
  await page.evaluate(() => {
    window.inspected.bridge.handlePServerResponse({ ok: true }, '2');
    window.inspected.bridge.handlePServerResponse({ ok: true }, 'stray');
  });
  sandbox.fault({ kind: 'error', status: 503, server: 'ob', count: 3 });
  await page.evaluate(() => window.inspected.ask('3', 'OBServer', 'getAccounts'));
  await page.waitFor(() => rows().some((row) => /getAccounts.*failed: HTTP/.test(row)));
  sandbox.fault({ kind: 'never', server: 'pserver', count: 1 });
  await page.evaluate(() => window.inspected.ask('4', 'PServer', 'getNumberOfInsights'));
  await page.waitFor(() => rows().some((row) => /getNumberOfInsights.*in flight/.test(row)));
  await page.waitFor(() => rows().some((row) => /CHALLENGE_REQUIRED/.test(row)));
}

declare function rows(): string[];
