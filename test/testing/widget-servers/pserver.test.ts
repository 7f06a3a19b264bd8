import { describe, expect, it } from 'vitest';
import { createSandbox, type Insight, type Reply } from '../../../src/testing/index.ts';
import { asking } from '../fixtures/ask.ts';

type Fields = Record<string, unknown>;

/** Calls PServer over HTTP, like a page. */
function server(seed = 1) {
  const sandbox = createSandbox({ seed });
  const ask = asking(sandbox);
  return {
    pserver: sandbox.pserver,
    async ask(type: string, fields: object = {}): Promise<Fields> {
      return (await (await ask('pserver', { type, ...fields })).json()) as Fields;
    },
    async insights(type = 'getInsights'): Promise<Insight[]> {
      return (await this.ask(type))['insights'] as Insight[];
    },
  };
}

describe('lists of insights', () => {
  it('have realistic insights', async () => {
    const insights = await server().insights();
    expect(insights).toHaveLength(6);
    expect(new Set(insights.map(({ category }) => category))).toEqual(
      new Set(['spending', 'saving', 'cashflow', 'subscriptions']),
    );
    for (const insight of insights) {
      expect(insight).toMatchObject({
        title: expect.stringMatching(/\w/),
        amount: expect.any(Number),
        currency: 'EUR',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
      expect(Date.parse(insight.date)).toBeLessThanOrEqual(Date.now());
    }
  });

  it.each(['getInsights', 'getInboxInsights'])('%s has the fields of a teaser', async (type) => {
    const insights = await server().insights(type);
    for (const { id, insightId, text, status } of insights) {
      expect(text).toMatch(/\w/);
      expect(id).toMatch(/^[\w-]+$/); // a dot would break the widget's reports
      expect(insightId).toMatch(/^[\w-]+$/);
      expect(['new', 'unread', 'read']).toContain(status);
    }
    expect(new Set(insights.map(({ status }) => status)).size).toBe(3);
    expect(new Set(insights.flatMap(({ id, insightId }) => [id, insightId])).size).toBe(12);
  });

  it('give each teaser a date, a title and a message', async () => {
    for (const insight of await server().insights()) {
      expect(insight.teaserTemplate).toBe('simpleText');
      expect(insight.teaserBlocks.slice(0, 3)).toEqual([
        { blockId: 'date', type: 'date-box', date: insight.date },
        { blockId: 'title', type: 'text', text: insight.title },
        { blockId: 'teaser-text', type: 'text', text: insight.text },
      ]);
    }
  });

  it('give buttons of teasers an existing action', async () => {
    const withButtons = (await server().insights()).filter(({ teaserBlocks }) => teaserBlocks.length > 3);
    expect(withButtons).toHaveLength(2);
    for (const { teaserBlocks, actions } of withButtons) {
      const [action] = actions;
      expect(action).toEqual({
        actionId: expect.any(String),
        actionType: 'externalNavigation',
        payload: { navigateTarget: expect.stringMatching(/^(manageBudget|subscriptions)$/) },
      });
      const option = { id: expect.any(String), text: expect.stringMatching(/\w/), active: true };
      expect(teaserBlocks[3]).toEqual({
        blockId: 'buttons',
        type: 'buttons',
        options: [{ ...option, action: action?.actionId }],
      });
    }
  });

  it('have charts with a label for each value', async () => {
    const charts = (await server().insights()).flatMap(({ chart }) => chart ?? []);
    expect(charts.length).toBeGreaterThan(0);
    for (const { labels, values } of charts) {
      expect(values.length).toBe(labels.length);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it('have the same amounts in texts and fields', async () => {
    const [eatingOut] = await server().insights();
    const amount = eatingOut?.amount ?? Number.NaN;
    expect(eatingOut?.text).toContain(`€${amount.toFixed(2)}`);
    expect(eatingOut?.chart?.values.at(-1)).toBe(amount);
  });

  it('are newest first in the inbox', async () => {
    const { insights } = server();
    const inbox = await server().insights('getInboxInsights');
    const dates = inbox.map(({ date }) => date);
    expect(inbox).toEqual(expect.arrayContaining(await insights.call(server())));
    expect(dates).toEqual([...dates].sort().reverse());
    expect(new Set(dates).size).toBeGreaterThan(1);
  });

  it('count unread insights', async () => {
    const { ask } = server();
    expect(await ask('getInsights')).toMatchObject({ numberOfUnreadInsights: 4 });
    expect(await ask('getInboxInsights')).toMatchObject({ numberOfUnreadInsights: 4 });
    expect(await ask('getNumberOfInsights')).toMatchObject({ numberOfInsights: 6, unread: 4 });
    await ask('getInsightDetails', { insightId: 'insight-1' });
    expect(await ask('getInboxInsights')).toMatchObject({ numberOfUnreadInsights: 3 });
    expect(await ask('getNumberOfInsights')).toMatchObject({ numberOfInsights: 6, unread: 3 });
  });

  it('get two new insights from generateInsights, one at a time, and then no more', async () => {
    const { ask, pserver } = server();
    const generated = [];
    for (let count = 0; count < 3; count += 1) generated.push((await ask('generateInsights'))['generated']);
    expect(generated).toEqual([1, 1, 0]);
    expect((await ask('getInsights'))['insights']).toHaveLength(8);
    expect(pserver.insights.at(-1)).toMatchObject({ id: 'insight-8', status: 'new' });
  });

  it('are messages in messageHistory', async () => {
    const { ask, pserver } = server();
    const messages = (await ask('messageHistory'))['messages'] as Insight[];
    expect(messages).toHaveLength(6);
    for (const message of messages)
      expect(pserver.insights.find(({ id }) => id === message.id)).toMatchObject(message);
  });
});

describe('the events of the page and the widget', () => {
  const eventLists = [
    ['sendEvents', 'eventsInfoList', 'events'],
    ['updateUserDataAssets', 'eventList', 'userDataAssets'],
  ] as const;

  it.each(eventLists)('of %s are kept', (type, field, member) => {
    const { pserver } = createSandbox();
    const click = { type: 'TeaserClick', params: { value: '1' } };
    expect(pserver.execute({ type, [field]: [click, 7] })).toMatchObject({ ok: true, received: 2 });
    pserver.execute({ type, [field]: ['last'] });
    expect(pserver[member]).toEqual([click, 7, 'last']);
  });

  it.each(eventLists)('of %s are limited: the oldest are dropped first', (type, field, member) => {
    const { pserver } = createSandbox();
    const events = Array.from({ length: 600 }, (_, index) => index);
    pserver.execute({ type, [field]: events });
    pserver.execute({ type, [field]: events });
    expect(pserver[member]).toHaveLength(1_000);
    expect(pserver[member][0]).toBe(200);
    pserver.execute({ type, [field]: Array.from({ length: 200_000 }, (_, index) => index) });
    expect(pserver[member]).toHaveLength(1_000);
    expect(pserver[member].at(-1)).toBe(199_999);
  });

  it.each(eventLists)('of %s are none without a list', (type, field, member) => {
    const { pserver } = createSandbox();
    for (const wrong of [undefined, null, 'event', { 0: 'event' }])
      expect(pserver.execute({ type, [field]: wrong })).toMatchObject({ ok: true, received: 0 });
    expect(pserver[member]).toEqual([]);
  });

  it('starts with initPersonetics, which keeps the reports enabled', () => {
    const reply: Reply = createSandbox().pserver.execute({ type: 'initPersonetics' });
    expect(reply).toMatchObject({ ok: true, projectConfiguration: { reporting: true } });
  });
});
