import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startServer } from '../../../examples/sandbox/server.js';
import type { Sandbox } from '../../../src/testing/index.ts';
import type { Engine } from '../../engines/engine.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';

/** A minimal example in a real engine, and its servers. */
export interface MinimalPage {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** Errors of the page, if they are observed. */
  problems?(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens it as `npm start` serves it. @param folder The built files of another example than the vanilla one. */
export async function openMinimalPage(engine: Engine, folder?: string): Promise<MinimalPage> {
  const path = folder ? '/built/' : '/minimal/vanilla/';
  const server = await startServer({ port: 0, env: {}, ...(folder && { otherPages: { [path]: folder } }) });
  const observed = await ObservedServer.start(server.url);
  const page = await engine.open(observed.url + path);
  const requests = [{ path: '/pserver/execute', status: 500 }] as const;
  return {
    page,
    sandbox: server.sandbox as Sandbox,
    problems: () => observed.problems(page, { requests }),
    async close() {
      await page.close();
      await observed.close();
      await server.close();
    },
  };
}

/** Tests that each minimal example must pass. */
export function testMinimalPage(open: () => Promise<MinimalPage>): void {
  let opened: MinimalPage;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  const shows = (selector: string, text = ''): Promise<unknown> =>
    opened.page.waitFor(
      (css, wanted) => document.querySelector<HTMLElement>(css)?.innerText.includes(wanted),
      selector,
      text,
    );

  it('shows an insight, its story, and all insights again', async () => {
    await shows('#insights .insight h4');
    await opened.page.click('[data-action="details"]');
    await shows('[data-part="insight-story"][data-state="ready"]');
    await opened.page.click('main > button');
    await shows('#insights .insight h4');
  });

  it('shows a connection that synchronises', async () => {
    const { sandbox } = opened;
    await vi.waitFor(() => expect(sandbox.log).toContainEqual(expect.objectContaining({ type: 'queue' })), {
      timeout: 30_000,
    });
    const { id } = sandbox.linxo.addConnection({ name: 'Kaasmolen Bank' });
    sandbox.linxo.synchronise(id, 'success', { speed: 10 });
    await shows('main li', 'Kaasmolen Bank: is being updated');
    await shows('main li', 'Kaasmolen Bank: up to date');
  });

  it('asks for a code, and does not say that it has failed', async () => {
    const { linxo } = opened.sandbox;
    const { id } = linxo.addConnection({ name: 'Rond Bank' });
    linxo.publish(id, { event: 'CHALLENGE_REQUIRED', channel: 'EMBEDDED' });
    await shows('main li:nth-child(2)', 'Rond Bank: enter the code of your bank');
  });

  it('shows that a request failed', async () => {
    opened.sandbox.fault({ kind: 'error', status: 500, type: 'getInsights' });
    await opened.page.click('main > button');
    await shows('main > [role="alert"]', 'Please try again later.');
    expect(await opened.problems?.()).toEqual(opened.problems && []);
  });

  it.each([
    { fault: { kind: 'network' } },
    // No event can be lost then, and yet what is shown gets old.
    { fault: { kind: 'error', status: 503 } },
  ] as const)(
    'Q4 shows that the queue cannot be read ($fault.kind), and what may be out of date, until it is read again',
    async ({ fault }) => {
      const { page, sandbox } = opened;
      const old = 'Kaasmolen Bank: up to date, may be out of date';
      await shows('main li', 'Kaasmolen Bank: up to date');
      sandbox.fault({ ...fault, server: 'linxo', type: 'queue', count: 1_000 });
      await page.evaluate(() => dispatchEvent(new Event('online'))); // the poller then polls at once
      await shows('h2 + [role="alert"]', 'Please try again later.');
      await shows('main li', old);
      sandbox.clearFaults();
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await page.waitFor((gone) => !document.querySelector('main')?.innerText.includes(gone), old);
      expect(
        await page.evaluate(() => document.querySelector('h2 + [role="alert"]')?.textContent?.trim()),
      ).toBe('');
    },
  );

  it('forgets the queue when the user signs out', async () => {
    const { page } = opened;
    const queueId = await page.waitFor(() => {
      const key = Object.keys(sessionStorage).find((name) => /^bankside\.queue .* user-1$/.test(name)) ?? '';
      return JSON.parse(sessionStorage.getItem(key) ?? '').queueId as string;
    });
    await page.evaluate(() => document.body.setAttribute('data-signed-in', ''));
    await page.click('#sign-out');
    await page.waitFor(
      () => document.readyState === 'complete' && !document.body.hasAttribute('data-signed-in'),
    );
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(queueId);
  });
}
