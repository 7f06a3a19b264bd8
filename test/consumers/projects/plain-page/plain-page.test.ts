import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { codeUnder } from '../../../docs/fixtures/pages.ts';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import type { Page } from '../../../engines/page.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { createProject, type Project } from '../project.ts';
import { type Bank, serveBank } from '../serve-bank.ts';

declare const poller: import('../../../../src/index.ts').QueuePoller;
declare const gaps: string[];
declare const received: string[];
declare const violations: string[];

const page = 'The first page that works';
const firstPage = [0, 1].map((n) => codeUnder('README.md', page, n).code).join('\n');
/** README's function for tokens, with a poller at this page's own addresses. */
const follower = `${firstPage.slice(0, firstPage.indexOf('const transport'))}
  import { QueuePoller } from 'bankside';

  window.gaps = [];
  window.received = [];
  window.poller = new QueuePoller({
    baseUrl: '/api/linxo',
    accessToken: () => fetchToken('/session/access-token'),
    user: 'user-1',
    schedule: { idle: 500, hidden: 500 },
  });
  poller.on('gap', ({ reason }) => gaps.push(reason));
  poller.on('*', ({ event_type }) => received.push(event_type));
  poller.start();`;

describe.runIf(installedEngines.includes('chromium'))(
  'a static page under a strict policy, with the published package',
  () => {
    const getEngine = useForSuite(() => launch('chromium'));
    let project: Project;

    beforeAll(() => {
      project = createProject(import.meta.dirname);
      project.copy('starter', 'public');
      const withoutMap = (code: string): string => code.replaceAll("'bankside'", "'/vendor/bankside.min.js'");
      project.write('public/bank.js', withoutMap(firstPage));
      project.write('following/bank.js', withoutMap(follower));
      mkdirSync(join(project.root, 'public/vendor'));
      const module = 'bankside.min.js';
      cpSync(
        join(project.root, 'node_modules/bankside/dist', module),
        join(project.root, 'public/vendor', module),
      );
      cpSync(join(project.root, 'public'), join(project.root, 'following'), {
        recursive: true,
        filter: (from) => !from.endsWith('bank.js'),
      });
    }, 300_000);

    afterAll(() => {
      project?.remove();
    });

    async function serve(folder: string): Promise<Bank> {
      const bank = await serveBank(join(project.root, folder));
      onTestFinished(() => bank.close());
      return bank;
    }

    async function open({ url }: Bank): Promise<Page> {
      const opened = await getEngine().open(url);
      onTestFinished(() => opened.close());
      return opened;
    }

    it('S1 B13 README’s first page answers the widget, and breaks no rule of the policy', async () => {
      const opened = await open(await serve('public'));
      const answer = await opened.waitFor(() => document.querySelector('#insights')?.textContent);
      expect(JSON.parse(`${answer}`)).toEqual([expect.objectContaining({ ok: true, unread: 4 }), '1']);
      expect(await opened.evaluate(() => violations)).toEqual([]);
    });

    it('Q9 two tabs of one user, looked at by turns: each gets each event, and none has a gap', async () => {
      const bank = await serve('following');
      const { linxo } = bank.sandbox;
      const { id } = linxo.addConnection();
      const tabs = [await open(bank), await open(bank)] as const;
      await tabs[0].waitFor(() => poller.status === 'polling' || poller.status === 'following');
      await tabs[1].waitFor(() => poller.status === 'polling' || poller.status === 'following');

      for (let turn = 1; turn <= 6; turn += 1) {
        const [front, back] = turn % 2 ? tabs : [tabs[1], tabs[0]];
        await show(back, 'hidden');
        await show(front, 'visible');
        linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });
        for (const tab of tabs) await tab.waitFor((count) => received.length === count, turn);
      }
      for (const tab of tabs) {
        expect(await tab.evaluate(() => gaps)).toEqual([]);
        expect(await tab.evaluate(() => violations)).toEqual([]);
      }
    });
  },
);

/** What the browser does when a user changes to another tab. */
function show(tab: Page, state: DocumentVisibilityState): Promise<void> {
  return tab.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
