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
    window.told = (words) => window.inspected.inspector.report().includes(words);
    // Where the page is narrow, few lines are in sight: it scrolls up from the newest.
    window.choose = async (words) => {
      const list = inside('.list');
      const find = () =>
        [...inside().querySelectorAll('.row:not([hidden])')].find((row) => row.textContent.includes(words));
      for (let top = list.scrollHeight; !find() && top > 0; ) {
        top = Math.max(0, Math.min(top, list.scrollTop) - list.clientHeight / 2);
        list.scrollTop = top;
        await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      }
      find().click();
    };
  }`);
  sandbox.linxo.addConnection({ id: 'connection-1', name: 'Banque du Héron Bleu' });
  await page.evaluate(() => window.inspected.poller.start());
  sandbox.linxo.publish('connection-1', { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
  sandbox.linxo.publish('connection-1', { event: 'CHALLENGE_REQUIRED', channel: 'EMBEDDED' });
  await page.evaluate(() => window.inspected.poller.nudge());
  await page.evaluate(() => window.inspected.ask('1', 'PServer', 'getInsights'));
  await page.waitFor(() => told('getInsights  answered'));

  sandbox.fault({ kind: 'never', server: 'enrich', count: 1 });
  await page.evaluate(() => window.inspected.ask('2', 'EnrichServer', 'hurry'));
  await page.waitFor(() => told('hurry  failed: TIMEOUT'));
  await page.evaluate(() => {
    window.inspected.bridge.handlePServerResponse({ ok: true }, '2');
    window.inspected.bridge.handlePServerResponse({ ok: true }, 'stray');
  });
  sandbox.fault({ kind: 'error', status: 503, server: 'ob', count: 3 });
  await page.evaluate(() => window.inspected.ask('3', 'OBServer', 'getAccounts'));
  await page.waitFor(() => told('getAccounts  failed: HTTP'));
  await page.waitFor(() => told('CHALLENGE_REQUIRED'));
  sandbox.fault({ kind: 'never', server: 'pserver', count: 1 });
  await page.evaluate(() => window.inspected.ask('4', 'PServer', 'getNumberOfInsights'));
  await page.waitFor(() => rows().some((row) => /getNumberOfInsights.*in flight/.test(row)));
}

declare function rows(): string[];
declare function told(words: string): boolean;
