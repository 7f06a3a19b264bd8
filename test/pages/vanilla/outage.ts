import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/testing/index.ts';
import type { AllowedFailure } from '../../engines/observed-request.ts';
import type { Example } from './example.ts';
import { WatchedBank } from './watched-bank.ts';

/** What the page says while the bank's updates cannot be read. */
export function testOutage(getExample: () => Example): void {
  describe('updates that cannot be read', () => {
    let example: Example;
    let bank: WatchedBank;
    let sandbox: Sandbox;

    beforeAll(async () => {
      example = getExample();
      sandbox = example.server.sandbox as Sandbox;
      bank = await WatchedBank.on(example);
      await bank.link('success');
      await bank.phase('success');
      await isHidden('.sync-doubt');
    });

    afterEach(() => sandbox?.clearFaults());

    function isVisible(selector: string, words: RegExp): Promise<unknown> {
      return example.page.waitFor(
        (css, pattern) => {
          const element = document.querySelector(css);
          if (!element || getComputedStyle(element).visibility !== 'visible') return false;
          return new RegExp(pattern).test(element.textContent ?? '');
        },
        selector,
        words.source,
      );
    }

    function isHidden(selector: string): Promise<unknown> {
      return example.page.waitFor((css) => {
        const element = document.querySelector(css);
        return element && getComputedStyle(element).visibility === 'hidden';
      }, selector);
    }

    /** The places of what stands around the two marks. */
    function places(): Promise<readonly number[]> {
      return example.page.evaluate(async () => {
        for (let frame = 0; frame < 2; frame += 1)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        const parts = ['#connections-title', '.sync', '.sync h3', '.sync-message', '.lanes', '#transactions'];
        return parts.flatMap((css) => {
          const { x, y, height } = document.querySelector(css)?.getBoundingClientRect() ?? new DOMRect();
          return [x + scrollX, y + scrollY, height].map(Math.round);
        });
      });
    }

    /** WebKit's window goes through other sizes on its way to the one that was asked for. */
    async function placesAtRest(): Promise<readonly number[]> {
      let last = await places();
      for (let next = await places(); next.join() !== last.join(); next = await places()) last = next;
      return last;
    }

    async function presses(selector: string): Promise<void> {
      await example.page.evaluate((css) => document.querySelector<HTMLElement>(css)?.focus(), selector);
      await example.page.press('Enter');
    }

    /** What is made to fail, at whichever queue that is. */
    const failing = (...statuses: readonly AllowedFailure['status'][]): readonly AllowedFailure[] =>
      example.observed.requests
        .filter(({ path }) => path.startsWith('/linxo/queues/'))
        .flatMap(({ path }) => statuses.map((status) => ({ path, status })));

    it.each([1440, 390])(
      'Q4 are counted down to, and what is old is marked, at a width of %i',
      async (width) => {
        await example.page.resize({ width, height: 800 });
        await isHidden('.outage');
        const before = await placesAtRest();

        sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
        await example.page.click('#poller-nudge');

        await isVisible('.sync-doubt', /^as of \d\d:\d\d, being checked$/);
        await isVisible('.outage', /^Cannot reach the bank’s updates\. Next try in \d+ s\.\s*Try now$/);
        await example.says('#connections-status', 'Cannot reach the bank’s updates.');
        const shown = await example.text('.outage p');
        await example.page.waitFor(
          (last) => document.querySelector('.outage p')?.textContent !== last,
          shown,
        );
        expect(await places()).toEqual(before);
        expect(await example.text('.sync h3')).toBe('Kaasmolen Bank');

        sandbox.clearFaults();
        await presses('.outage button');

        await isHidden('.outage');
        await isHidden('.sync-doubt');
        await example.says('#connections-status', 'The bank’s updates are back.');
        // The button is gone: the focus is not lost.
        await example.page.waitFor(() => document.activeElement?.id === 'connections');
        expect(await places()).toEqual(before);
        expect(await example.problems({ requests: failing('failed') })).toEqual([]);
      },
    );

    it('Q4 make all that is shown old, even if no event can be lost', async () => {
      sandbox.fault({ kind: 'error', status: 503, server: 'linxo', type: 'queue', count: 1_000 });
      await example.page.click('#poller-nudge');
      await isVisible('.sync-doubt', /being checked$/);
      sandbox.clearFaults();
      await example.page.click('#poller-nudge');
      await isHidden('.sync-doubt');
      expect(await example.problems({ requests: failing(503) })).toEqual([]);
    });

    it('Q4 do not seem to go on while they cannot be read', async () => {
      const { page } = example;
      sandbox.linxo.publish(bank.id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
      await page.click('#poller-nudge');
      await bank.phase('running');
      /** Whether the bar of the lane moves from frame to frame. */
      const moves = (): Promise<boolean> =>
        page.evaluate(async () => {
          const bar = document.querySelector('.lane[data-status="RUNNING"] .lane-bar');
          const places = new Set<string>();
          for (let frame = 0; bar && frame < 20; frame += 1) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
            places.add(getComputedStyle(bar, '::before').left);
          }
          return places.size > 1;
        });
      await expect.poll(moves).toBe(true);
      sandbox.fault({ kind: 'error', status: 503, server: 'linxo', type: 'queue', count: 1_000 });
      await page.click('#poller-nudge');
      await isVisible('.sync-doubt', /being checked$/);
      await expect.poll(moves).toBe(false);
      sandbox.clearFaults();
      await page.click('#poller-nudge');
      await isHidden('.sync-doubt');
      await expect.poll(moves).toBe(true);
      sandbox.linxo.publish(bank.id, { event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' });
      await page.click('#poller-nudge');
      await bank.phase('success');
      expect(await example.problems({ requests: failing(503) })).toEqual([]);
    });

    it('Q7 can be paused meanwhile, and go on with a button', async () => {
      const { page } = example;
      sandbox.fault({ kind: 'error', status: 503, server: 'linxo', type: 'queue', count: 1_000 });
      await page.click('#poller-nudge');
      await isVisible('.outage', /Try now$/);
      await page.click('#poller-pause');
      await isVisible('.outage', /^The bank’s updates are paused\.\s*Resume$/);
      await isVisible('.sync-doubt', /^as of \d\d:\d\d$/);
      sandbox.clearFaults();
      await presses('.outage button');
      await isHidden('.outage');
      await isHidden('.sync-doubt');
      await bank.polls();
      expect(await example.problems({ requests: failing(503) })).toEqual([]);
    });

    it('Q4 are not marked when the doubt begins, since most doubts end at once', async () => {
      await example.page.evaluate(() => {
        const card = document.querySelector<HTMLElement>('.sync');
        const doubted = new MutationObserver(() => {
          if (card?.dataset['isOld'] !== 'true') return;
          doubted.disconnect();
          const delays = card
            .getAnimations({ subtree: true })
            .filter((one) => one instanceof CSSAnimation && /^(old|in-sight)/.test(one.animationName))
            .map(({ effect }) => effect?.getTiming().delay);
          card.setAttribute('data-delays', delays.join(' '));
        });
        if (card) doubted.observe(card, { attributes: true });
      });
      sandbox.fault({ kind: 'error', status: 503, server: 'linxo', type: 'queue' });
      await example.page.click('#poller-nudge');
      await example.present('.sync[data-delays]');
      const delays = await example.page.evaluate(
        () => document.querySelector<HTMLElement>('.sync')?.dataset['delays'],
      );
      // The card, its tag, its mark, its message and its lanes.
      expect(delays).toBe('1000 1000 1000 1000 1000');
      await example.present('.sync[data-is-old="false"]');
    });

    it('Q7 can be asked for again when the poller has given up', async () => {
      example.forget();
      sandbox.fault({ kind: 'error', status: 401, server: 'linxo', type: 'queue', count: 2 });
      await example.page.click('#poller-nudge');
      await isVisible('.outage', /^The bank’s updates have stopped\.\s*Start again$/);
      await presses('.outage button');
      await bank.polls();
      await isHidden('.outage');
      await isHidden('.sync-doubt');
      expect(await example.problems({ requests: failing(401) })).toEqual([]);
    });
  });
}
