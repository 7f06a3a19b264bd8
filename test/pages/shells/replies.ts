import { beforeAll, describe, expect, it } from 'vitest';
import type { Shell } from './shell.ts';

/** What the page asks for when it begins. */
const beginning = [
  'getAccounts',
  'getBankConfiguration',
  'getInsights',
  'getNumberOfInsights',
  'getUserSubscriptions',
  'refreshTime',
];

/** @param getShell An app that has just been opened. */
export function testReplies(getShell: () => Shell): void {
  describe('which answers', () => {
    let shell: Shell;

    beforeAll(() => {
      shell = getShell();
    });

    it('hands every request to the native side, and the widget every reply once', async () => {
      const rows = await shell.rows();
      expect(rows.map(({ title }) => title).sort()).toEqual(beginning);
      expect(rows.filter(({ state }) => state !== 'answered')).toEqual([]);
      const messages = await shell.messages();
      const asked = messages.filter(({ name }) => name.startsWith('sendRequestTo'));
      const replied = messages.filter(({ direction }) => direction === 'inward');
      const repliedOnce = asked.filter(
        ({ requestId: id }) =>
          replied.filter(({ requestId, text }) => requestId === id || text.includes(`"${id}"`)).length === 1,
      );
      expect(repliedOnce).toHaveLength(beginning.length);
      expect(replied).toHaveLength(beginning.length);
      const told = messages.filter(({ name }) => name === 'personeticsEvent').map(({ text }) => text);
      expect(told.map((text) => /carouselWidgetStarted|Presented/.exec(text)?.[0]).reverse()).toEqual([
        'carouselWidgetStarted',
        'Presented',
      ]);
      expect(await shell.complaints()).toBe('');
      expect(await shell.problems()).toEqual([]);
    });

    it('holds the second of two replies back', async () => {
      await shell.misbehave('twice');
      await shell.present('#activity [data-state="held"]');
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

    it('has no token in the page, and in no message', async () => {
      const asked = await shell.askedInside();
      expect(asked).toContain('/config.json');
      expect(asked.filter((path) => /^\/(session|pserver|enrich|ob|linxo|gateway)\//.test(path))).toEqual([]);
      expect(shell.tokens).not.toEqual([]);
      const texts = await shell.texts();
      expect(texts).toContain('sendRequestToPServer');
      for (const token of shell.tokens) expect(texts).not.toContain(token);
    });
  });
}
