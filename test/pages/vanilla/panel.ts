import { beforeEach, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';

/** The stand-in, in the page. */
declare const personetics: {
  refresh(part: string): void;
  handlePServerResponse(response: unknown, requestId: unknown): void;
};

/** What the vanilla page alone has beside the bank's. */
export function testPanel(getExample: () => Example): void {
  describe('the panel', () => {
    let example: Example;

    beforeEach(() => {
      example = getExample();
    });

    it('sends the command that is asked for, and shows the answer or why there is none', async () => {
      const { page } = example;
      await page.click('#own-command [type="submit"]');
      await example.present('#own-answer[data-state="ready"]');
      expect(JSON.parse((await example.text('#own-answer')) ?? '')).toMatchObject({ ok: true });

      await page.type('#own-type', 'X');
      await page.click('#own-command [type="submit"]');
      await example.present('#own-answer[data-state="error"]');
      expect((await example.requests())[0]).toMatchObject({ server: 'pserver', code: 'HTTP 404' });
      expect(await example.problems({ requests: [{ path: '/pserver/execute', status: 404 }] })).toEqual([]);
    });

    it('loads another build when its shape is clicked, and leaves what was pending behind', async () => {
      await example.page.evaluate(() => personetics.refresh('subscriptions'));
      await example.page.click('input[name="callShape"][value="d"]');
      await example.present('#widget-root[data-call-shape="d"]');
      await example.ready();
      expect(await example.complaints()).toBe('');
      const aborted = { path: '/enrich/execute', status: 'aborted' } as const;
      expect(await example.problems({ requests: [aborted, ...example.readsCutOff()] })).toEqual([]);
    });

    it('would show it, were the widget answered twice, or without having asked', async () => {
      await example.restart({ callShape: 'a' });
      const [asked] = (await example.requests()).filter(({ title }) => title === 'getInsights');
      const requestId = asked?.requestId ?? '';
      await example.page.evaluate((id) => {
        for (const one of [id, 'bm9uZQ=='])
          personetics.handlePServerResponse({ ok: true, insights: [] }, one);
      }, requestId);
      expect(await example.complaints()).toBe(
        `Test widget, build 21.5: the request "${requestId}" to sendRequestToPServer was answered 2 times, now through handlePServerResponse` +
          'Test widget, build 21.5: an answer came under "bm9uZQ==", which is the id of no request',
      );
      // As the vendor's widget does it: what it got twice is there twice.
      expect(await example.text('[data-part="insights"] .part-empty')).toBe(
        'No insights today. Look in again tomorrow.',
      );
      await example.present('[data-part="insights"] .carousel');
      await example.restart({});
      expect(await example.complaints()).toBe('');
    });
  });
}
