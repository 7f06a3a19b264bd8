import type { SandboxServer } from '../../../src/testing/server/index.ts';
import type { Page } from '../../engines/page.ts';

/**
 * Lets the page have an answer, a failure after retries, a late reply, an orphan and a challenge. Also adds functions
 * to the page with which tests read the inspector's shadow tree.
 */
export async function addActivity(page: Page, { sandbox }: SandboxServer): Promise<void> {
  await page.waitFor(() => window.inspected !== undefined);
  await page.evaluate(`() => {
    window.inside = (css) => {
      const root = window.inspected.inspector.shadowRoot;
      return css ? root.querySelector(css) : root;
    };
    window.text = (css) => inside(css).textContent;
    window.rows = () => [...inside().querySelectorAll('.row:not([hidden])')].map((row) => row.textContent);
    window.press = (name) => [...inside().querySelectorAll('button')].find((one) => one.textContent === name).click();
    window.reports = (text) => window.inspected.inspector.report().includes(text);
    // A narrow page shows few lines. Scroll up from the newest.
    window.choose = async (text) => {
      const list = inside('.list');
      const find = () =>
        [...inside().querySelectorAll('.row:not([hidden])')].find((row) => row.textContent.includes(text));
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
  await page.waitFor(() => reports('getInsights  answered'));

  sandbox.fault({ kind: 'never', server: 'enrich', count: 1 });
  await page.evaluate(() => window.inspected.ask('2', 'EnrichServer', 'hurry'));
  await page.waitFor(() => reports('hurry  failed: TIMEOUT'));
  await page.evaluate(() => {
    window.inspected.bridge.handlePServerResponse({ ok: true }, '2');
    window.inspected.bridge.handlePServerResponse({ ok: true }, 'stray');
  });
  sandbox.fault({ kind: 'error', status: 503, server: 'ob', count: 3 });
  await page.evaluate(() => window.inspected.ask('3', 'OBServer', 'getAccounts'));
  await page.waitFor(() => reports('getAccounts  failed: HTTP'));
  await page.waitFor(() => reports('CHALLENGE_REQUIRED'));
  sandbox.fault({ kind: 'never', server: 'pserver', count: 1 });
  await page.evaluate(() => window.inspected.ask('4', 'PServer', 'getNumberOfInsights'));
  await page.waitFor(() => rows().some((row) => /getNumberOfInsights.*in flight/.test(row)));
}

declare function rows(): string[];
declare function reports(text: string): boolean;
