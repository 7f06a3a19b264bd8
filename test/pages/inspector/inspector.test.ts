import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';
import { addActivity } from './add-activity.ts';
import { startPages } from './pages.ts';

describe(`the inspector in ${engineUnderTest}`, () => {
  let server: SandboxServer;
  let observed: ObservedServer;
  let engine: Engine;
  let page: Page;

  beforeAll(async () => {
    server = await startPages();
    observed = await ObservedServer.start(server.url);
    engine = await launch(engineUnderTest);
    page = await engine.open(observed.url);
    await addActivity(page, server);
  });

  afterAll(async () => {
    await engine?.close();
    await observed?.close();
    await server?.close();
  });

  it('S1 shows a bridge and a poller under a strict policy, without a violation', async () => {
    expect(await page.evaluate(() => rows())).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/hurry.*Enrich.*answered late/),
        expect.stringMatching(/getAccounts.*Open Banking.*failed: HTTP/),
        expect.stringMatching(/CHALLENGE_REQUIRED.*connection-1 \/ 8700.*event/),
        expect.stringMatching(/no request has this id/),
      ]),
    );
    const problems = await observed.problems(page, {
      requests: [
        ...[1, 2, 3].map(() => ({ path: '/ob/execute', status: 503 })),
        { path: '/enrich/execute', status: 'aborted' },
      ],
    });
    expect(problems).toEqual([]);
    expect(await page.evaluate(() => text('.facts'))).toMatch(/Pending ?1.*Failed ?2.*Late or stray ?2/);
    expect(await page.evaluate(() => text('.names'))).toMatch(
      /PServer.*Enrich.*Open Banking.*Queue.*8701.*8700/,
    );
    expect(await page.evaluate(() => text('.facts'))).toMatch(
      /Next poll ?(now|in \d+ s).*Last poll ?\d+ s ago/,
    );
  });

  it('T4 shows no token, header or body, neither on the page nor in a report', async () => {
    const { shown, report, secrets } = await page.evaluate(() => ({
      shown: inside().innerHTML,
      report: window.inspected.inspector.report(),
      secrets: [...window.inspected.tokens, 'hush'],
    }));
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter((secret) => shown.includes(secret) || report.includes(secret))).toEqual([]);
    expect(report).toMatch(/^bankside report, without bodies and header values;/);
    expect(report).toMatch(/getAccounts {2}failed: HTTP\n {4}id: 3\n/);
    expect(report).toContain('HTTP status: 503');
    expect(report).toMatch(/channel connection-1 \/ 8700: CHALLENGE_REQUIRED/);
  });

  it('can be used by keyboard, and reports the position to screen readers', async () => {
    await page.evaluate(() => inside('.list').focus());
    await page.press('Home');
    const chosen = () => ({
      active: inside('.list').getAttribute('aria-activedescendant'),
      selected: inside('[aria-selected="true"]').id,
      position: inside('[aria-selected="true"]').getAttribute('aria-posinset'),
      details: text('.details'),
    });
    const first = await page.waitFor(`() => inside('[aria-selected="true"]') && (${chosen})()`);
    expect(first).toMatchObject({ position: '1' });
    await page.press('ArrowDown', 'ArrowDown');
    await page.waitFor(() => inside('[aria-selected="true"]')?.getAttribute('aria-posinset') === '3');
    const third = (await page.evaluate(chosen)) as ReturnType<typeof chosen>;
    expect(third.active).toBe(third.selected);
    await page.press('End', 'Home');
    await page.waitFor(() => inside('[aria-selected="true"]')?.getAttribute('aria-posinset') === '1');
    await page.press('Escape');
    await page.waitFor(() => !inside('[aria-selected="true"]'));
    expect(await page.evaluate(() => text('.details'))).toMatch(/Choose a line/);
  });

  it('shows the phases of a request, and their meaning', async () => {
    await page.evaluate(() => {
      inside('.list').scrollTop = 1e6;
    });
    await page.waitFor(() => rows().some((row) => row.includes('getAccounts')));
    await page.evaluate(() => choose('getAccounts'));
    await page.waitFor(() => text('.details').includes('getAccounts'));
    const details = await page.evaluate(() => text('.details'));
    expect(details).toMatch(/waited for a token.*was in flight \(attempt 1\).*waited for a retry.*after 503/);
    expect(details).toContain('The server answered with an error status');
  });

  it('shows the entries that match the filter', async () => {
    const search = (words: string) =>
      page.evaluate((value) => {
        const field = inside('input') as HTMLInputElement;
        field.value = value;
        field.dispatchEvent(new Event('input'));
      }, words);
    const choice = (value: string) =>
      page.evaluate((chosen) => {
        const field = inside('select') as HTMLSelectElement;
        field.value = chosen;
        field.dispatchEvent(new Event('change'));
      }, value);

    await search('enrich');
    await page.waitFor(() => rows().length === 1);
    await search('');
    await choice('pending');
    await page.waitFor(() => rows().length === 1 && /getNumberOfInsights/.test(rows()[0] ?? ''));
    await choice('trouble');
    await page.waitFor(() => rows().length > 2 && rows().every((row) => !/answered$/.test(row)));
    await search('no such thing');
    await page.waitFor(() => rows().length === 0 && text('.nothing').includes('Nothing to show'));
    await search('');
    await choice('all');
    await page.waitFor(() => rows().length > 5);
  });

  it('does not change while paused, and shows all entries afterwards', async () => {
    await page.evaluate(() => press('Pause'));
    await page.waitFor(() => inside('button[aria-pressed="true"]') !== null);
    const before = await page.evaluate(() => window.inspected.inspector.report());
    await page.evaluate(() => {
      const { bridge, ask } = window.inspected;
      const answered = new Promise((resolve) => bridge.on('reply', resolve));
      ask('while-paused', 'PServer', 'getInboxInsights');
      return answered.then(() => true);
    });
    await frames(page, 2);
    expect(await page.evaluate(() => window.inspected.inspector.report())).toBe(before);
    await page.evaluate(() => press('Pause'));
    await page.waitFor(() => window.inspected.inspector.report().includes('id: while-paused'));
  });

  it('shows the report for copying by hand if the clipboard is not available', async () => {
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
      press('Copy report');
    });
    await page.waitFor(() => (inside('dialog textarea') as HTMLTextAreaElement | null)?.value);
    expect(await page.evaluate(() => (inside('dialog textarea') as HTMLTextAreaElement).value)).toMatch(
      /^bankside report/,
    );
    await page.press('Escape');
    await page.waitFor(() => !inside('dialog'));
  });

  it('keeps 10,000 entries with elements for the visible ones only, and renders once a frame at most', async () => {
    const {
      elements,
      kept,
      frames: painted,
    } = await page.evaluate(async () => {
      const { inspector } = window.inspected;
      const own = window.requestAnimationFrame;
      let requested = 0;
      window.requestAnimationFrame = (callback) => {
        requested += 1;
        return own.call(window, callback);
      };
      const handlers: ((event: unknown) => void)[] = [];
      const bridge = {
        queue: undefined,
        subscribe: () => () => {},
        getSnapshot: () => ({ pending: [], disposed: false }),
        recentEvents: [],
        on(_type: 'recent', handler: (event: unknown) => void) {
          handlers.push(handler);
          return () => {};
        },
      };
      inspector.observe(bridge as never, undefined);
      requested = 0;
      for (let number = 0; number < 12_000; number += 1) {
        const request = { call: number, requestId: `${number}`, server: 'pserver', type: 'getInsights' };
        for (const emit of handlers) emit({ kind: 'request', at: Date.now(), ...request });
      }
      const atOnce = requested;
      await new Promise((resolve) => own(() => own(resolve)));
      window.requestAnimationFrame = own;
      return {
        elements: inside().querySelectorAll('*').length,
        kept: Number(inside('.row').getAttribute('aria-setsize')),
        frames: atOnce,
      };
    });
    expect(kept).toBe(10_000);
    expect(elements).toBeLessThan(450);
    expect(painted).toBeLessThanOrEqual(1);
  });

  it('S1 works without a bundler: its published modules, with the bridge of the script tag', async () => {
    observed.reset();
    const plain = await engine.open(`${observed.url}/plain`);
    await plain.waitFor(() =>
      document.querySelector('bankside-inspector')?.shadowRoot?.querySelector('.row'),
    );
    const text = await plain.evaluate(() => document.querySelector('bankside-inspector')?.report());
    expect(text).toMatch(/PServer {2}getInsights {2}in flight/);
    expect(await observed.problems(plain)).toEqual([]);
    await plain.close();
  });

  it('leaves nothing behind once it is removed from the page, and starts again when it is back', async () => {
    const left = await page.evaluate(async () => {
      const { inspector } = window.inspected;
      const handlers = new Set<unknown>();
      const listen = (_: unknown, handler?: unknown) => {
        const one = { handler };
        handlers.add(one);
        return () => handlers.delete(one);
      };
      const bridge = {
        queue: undefined,
        recentEvents: [],
        on: listen,
        subscribe: listen,
        getSnapshot: () => ({ pending: [], disposed: false }),
      };
      inspector.observe(bridge as never, undefined);
      const there = handlers.size;
      const parent = inspector.parentElement;
      inspector.remove();
      const gone = handlers.size;
      parent?.append(inspector);
      const again = handlers.size;
      inspector.remove();
      return { there, gone, again: again === there, end: handlers.size };
    });
    expect(left).toEqual({ there: 2, gone: 0, again: true, end: 0 });
  });
});

/** Waits for so many frames of the page. */
function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (many) => {
    for (let frame = 0; frame < many; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}

// Globals that addActivity() adds to the page.
declare const inside: { (): ShadowRoot; (css: string): HTMLElement };
declare function text(css: string): string;
declare function rows(): string[];
declare function press(name: string): void;
declare function choose(words: string): Promise<void>;
