import { beforeAll, describe, expect, it } from 'vitest';
import type { Shell } from './shell.ts';

/** The requests of the page at its start. */
const firstRequests = [
  'getAccounts',
  'getBankConfiguration',
  'getInsights',
  'getNumberOfInsights',
  'getUserSubscriptions',
  'refreshTime',
];

/** @param getShell A newly opened app. */
export function testReplies(getShell: () => Shell): void {
  describe('requests and replies', () => {
    let shell: Shell;

    beforeAll(() => {
      shell = getShell();
    });

    it('passes each request to native code, and each reply to the widget once', async () => {
      const rows = await shell.rows();
      expect(rows.map(({ title }) => title).sort()).toEqual(firstRequests);
      expect(rows.filter(({ state }) => state !== 'answered')).toEqual([]);
      const messages = await shell.messages();
      const requests = messages.filter(({ name }) => name.startsWith('sendRequestTo'));
      const replied = messages.filter(({ direction }) => direction === 'inward');
      const repliedOnce = requests.filter(
        ({ requestId: id }) =>
          replied.filter(({ requestId, text }) => requestId === id || text.includes(`"${id}"`)).length === 1,
      );
      expect(repliedOnce).toHaveLength(firstRequests.length);
      expect(replied).toHaveLength(firstRequests.length);
      const events = messages.filter(({ name }) => name === 'personeticsEvent').map(({ text }) => text);
      expect(events.map((text) => /carouselWidgetStarted|Presented/.exec(text)?.[0]).reverse()).toEqual([
        'carouselWidgetStarted',
        'Presented',
      ]);
      expect(await shell.complaints()).toBe('');
      expect(await shell.problems()).toEqual([]);
    });

    it('delays the second of two replies', async () => {
      await shell.fault('twice');
      await shell.waitFor('#activity [data-state="held"]');
      await shell.ready();
      expect(await shell.rows()).toMatchObject([
        { state: 'held' },
        { title: 'getInsights', state: 'answered' },
      ]);
      const messages = (await shell.messages()).filter(({ name }) => name !== 'personeticsEvent');
      expect(messages.map(({ direction }) => direction)).toEqual(['inward', 'inward', 'outward']);
      expect(await shell.complaints()).toBe('');
      expect(await shell.problems()).toEqual([]);
    });

    it('has no token in the page or in a message', async () => {
      const requests = await shell.requestsInside();
      expect(requests).toContain('/config.json');
      expect(requests.filter((path) => /^\/(session|pserver|enrich|ob|linxo|gateway)\//.test(path))).toEqual(
        [],
      );
      expect(shell.tokens).not.toEqual([]);
      const texts = await shell.texts();
      expect(texts).toContain('sendRequestToPServer');
      for (const token of shell.tokens) expect(texts).not.toContain(token);
    });
  });
}
