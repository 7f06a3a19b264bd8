import { beforeEach, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';
import { linkBank, readInsight, unlinkBank } from './walks.ts';

/** Base64 of a text that ends in the millisecond. */
const shippedId = /^cmVxUGVyc29uZXRpY3[\w+/]+=*$/;

/** How the requests of each shape are named: by the widget, as text or as a number, or by the library where the widget gives no id. */
const shapes = [
  { shape: 'a', replyForm: 'object', pserver: shippedId, ob: /^bankside-/ },
  { shape: 'a', replyForm: 'base64', pserver: shippedId, ob: /^bankside-/ },
  { shape: 'b', replyForm: 'json', pserver: /^\d+$/, ob: /^\d+$/ },
  { shape: 'c', replyForm: 'base64', pserver: /^w-\d+$/, ob: /^w-\d+$/ },
  { shape: 'd', replyForm: 'base64', pserver: /^w-\d+$/, ob: /^w-\d+$/ },
  { shape: 'e', replyForm: 'json', pserver: /^bankside-/, ob: /^bankside-/ },
  { shape: 'f', replyForm: 'object', pserver: /^w-\d+$/, ob: /^bankside-/ },
];

/** The shipped build reports as well. */
const shippedEvents = [
  'reporting carouselWidgetStarted',
  'reporting Presented',
  'teaserClick',
  'reporting teaserClick',
];

/** What the widget asks for until an insight has been read. */
const commands = [
  'pserver getInsights',
  'pserver getInsightDetails',
  'pserver getInsightRating',
  'pserver getNumberOfInsights',
  'enrich getUserSubscriptions',
  'ob getBankConfiguration',
  'ob getAccounts',
  'ob refreshTime',
];
/** And until a bank has been linked, and unlinked. */
const commandsOfLinking = [
  'ob getFinancialInstitutions',
  'ob ConnectLite',
  'ob deleteAccountByInstituionLoginId',
];

export function testShapes(getExample: () => Example): void {
  describe('the widget', () => {
    let example: Example;

    beforeEach(() => {
      example = getExample();
    });

    it.each(shapes)(
      'gets every answer of all three servers when it calls in shape $shape and is answered by $replyForm',
      async ({ shape, replyForm, pserver, ob }) => {
        await example.restart({ callShape: shape, replyForm });
        await readInsight(example);
        await example.page.click('[data-navigate]');

        const rows = await example.rows();
        const requests = rows.filter(({ state }) => state !== 'note');
        const notes = rows.filter(({ state }) => state === 'note').map(({ title }) => title);
        expect(new Set(requests.map(({ server, title }) => `${server} ${title}`))).toEqual(new Set(commands));
        expect(requests.filter(({ state }) => state !== 'answered')).toEqual([]);
        expect(requests.find(({ title }) => title === 'getInsights')?.requestId).toMatch(pserver);
        expect(requests.find(({ title }) => title === 'getAccounts')?.requestId).toMatch(ob);
        const told = rows.filter(({ title }) => title === 'widgetEvent').map(({ detail }) => detail);
        expect(told.reverse()).toEqual(shape === 'a' ? shippedEvents : ['teaserClick']);
        expect(notes.filter((name) => name !== 'widgetEvent').reverse()).toEqual(
          shape === 'a' ? ['navigateToPage'] : ['sessionStarted', 'navigateToPage'],
        );
        expect(await example.complaints()).toBe('');
        expect(await example.problems({ requests: example.readsCutOff() })).toEqual([]);
      },
    );

    it('gets every answer while a bank is linked and unlinked, and tells the page of it', async () => {
      await example.restart({ callShape: 'a', replyForm: 'object' });
      await linkBank(example, 'kaasmolen', 'nl-kaasmolen-bank');
      await unlinkBank(example, example.newestLogin());

      const requests = await example.requests();
      const asked = requests.filter(({ server }) => server === 'ob').map((row) => `ob ${row.title}`);
      expect(asked).toEqual(expect.arrayContaining(commandsOfLinking));
      expect(requests.filter(({ state }) => state !== 'answered')).toEqual([]);
      expect((await example.rows()).filter(({ detail }) => detail === 'bankLinked')).toHaveLength(1);
      expect(await example.complaints()).toBe('');
      expect(await example.problems({ requests: example.readsCutOff() })).toEqual([]);
    });
  });
}
