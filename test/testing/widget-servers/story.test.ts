import { describe, expect, it } from 'vitest';
import { createSandbox, type Insight, type Story, type StoryTexts } from '../../../src/testing/index.ts';

interface Details {
  readonly story: Story;
  readonly text: StoryTexts;
  readonly insight: Insight;
}

function server() {
  const { pserver } = createSandbox();
  const ask = (type: string, fields: object = {}): Readonly<Record<string, unknown>> => ({
    ...pserver.execute({ type, ...fields }),
  });
  return {
    pserver,
    ask,
    details: (fields: object) => ask('getInsightDetails', fields) as unknown as Details,
  };
}

/** The six initial insights, and the two that generateInsights adds. */
const ids = Array.from({ length: 8 }, (_, index) => `insight-${index + 1}`);

function generated() {
  const all = server();
  for (let count = 0; count < 2; count += 1) all.ask('generateInsights');
  return all;
}

describe('getInsightDetails', () => {
  it.each(ids)('has dialogs of known blocks, and words for each of their keys: %s', (insightId) => {
    const { story, text } = generated().details({ insightId });
    expect(story.storyId).toMatch(/^[\w-]+$/);
    expect(story.dialogs.length).toBeGreaterThan(0);
    for (const { id, blocks } of story.dialogs) {
      expect(blocks.length).toBeGreaterThan(1);
      const keys = blocks.flatMap((block) =>
        block.type === 'txt' ? [block.txt] : block.options.map(({ txt }) => txt),
      );
      expect(Object.keys(text[id]?.['en'] ?? {})).toEqual(keys);
      for (const key of keys) expect(text[id]?.['en']?.[key]).toMatch(/\w/);
      expect(new Set(blocks.map((block) => block.id)).size).toBe(blocks.length);
    }
    expect(Object.keys(text)).toEqual(story.dialogs.map(({ id }) => id));
  });

  it('has a button with an action, and one that navigates to its id', () => {
    const { details } = server();
    const lastBlock = ({ story }: Details) => story.dialogs.at(-1)?.blocks.at(-1);
    const common = { txt: 'button', type: 'static', active: true };
    const acting = details({ insightId: 'insight-1' });
    const [action] = acting.story.actions;
    expect(action).toMatchObject({ payload: { navigateTarget: 'manageBudget' } });
    expect(lastBlock(acting)).toEqual({
      id: 'buttons',
      type: 'buttons',
      buttonType: 'navigateTo',
      options: [{ id: 'manageBudget', ...common, action: action?.actionId }],
    });
    const navigating = details({ insightId: 'insight-3' });
    expect(navigating.story.actions).toEqual([]);
    expect(lastBlock(navigating)).toMatchObject({ options: [{ id: 'subscriptions', ...common }] });
  });

  it('has the texts under the requested language too', () => {
    const { details } = server();
    const { text } = details({ insightId: 'insight-1', lang: 'fr-CA' });
    expect(Object.keys(text['dialog-1'] ?? {})).toEqual(['en', 'fr-CA']);
    expect(text['dialog-1']?.['fr-CA']).toEqual(text['dialog-1']?.['en']);
    for (const lang of ['en', '', '__proto__', 'no language', 7])
      expect(Object.keys(details({ insightId: 'insight-1', lang }).text['dialog-1'] ?? {})).toEqual(['en']);
  });

  it('makes the insight read, and no other', () => {
    const { pserver, details } = server();
    const before = pserver.insights.map(({ status }) => status);
    expect(before[1]).toBe('new');
    expect(details({ insightId: 'insight-2' }).insight).toMatchObject({ id: 'insight-2', status: 'read' });
    expect(pserver.insights.map(({ status }) => status)).toEqual([before[0], 'read', ...before.slice(2)]);
  });

  it.each([
    ['its id as insightId, as the inbox has it', { insightId: 'insight-2', instanceId: 'LowBalance' }],
    ['its id as id, and its type', { id: 'insight-2', insightId: 'LowBalanceBeforePayday' }],
    ['the two exchanged', { id: 'LowBalanceBeforePayday', insightId: 'insight-2' }],
    ['its type alone', { insightId: 'LowBalanceBeforePayday' }],
  ])('finds an insight by %s', (_by, fields) => {
    expect(server().details(fields).insight.id).toBe('insight-2');
  });

  it.each([{ insightId: 'insight-99' }, { insightId: 1 }, {}, { id: '' }])(
    'refuses %j, which names no insight',
    (fields) => {
      expect(server().ask('getInsightDetails', fields)).toEqual({
        ok: false,
        status: '404',
        statusMessage: 'There is no insight with that id.',
      });
    },
  );
});

describe('a story in parts', () => {
  it('is whole in getInsightStory, which makes the insight read', () => {
    const { ask, pserver, details } = server();
    const names = { id: 'insight-2', insightId: 'LowBalanceBeforePayday' };
    const { story, text } = ask('getInsightStory', { ...names, servletName: '/story/' });
    expect(pserver.insights[1]?.status).toBe('read');
    expect({ story, text }).toMatchObject({ story: details(names).story, text: details(names).text });
  });

  const parts = (ask: ReturnType<typeof server>['ask'], fields = {}) => [
    ask('getInsightStoryDefinition', fields)['story'],
    ask('getInsightStoryTexts', fields)['text'],
    ask('getInsightStoryData', fields)['facts'],
  ];

  it('belongs to the last opened insight without an id, and at first to the first one', () => {
    const { ask, details } = server();
    const [unnamed] = parts(ask);
    const { story, text, insight } = details({ insightId: 'insight-4' });
    const { amount, currency, date, chart } = insight;
    const expected = [story, text, { amount, currency, date, chart }];
    expect(unnamed).toEqual(details({ insightId: 'insight-1' }).story);
    details({ insightId: 'insight-4' });
    expect(parts(ask)).toEqual(expected);
    details({ insightId: 'insight-2' });
    expect(parts(ask, { id: 'insight-4' })).toEqual(expected);
  });

  it('has rows for getStoryQueryData, by label', () => {
    const { ask, pserver } = server();
    const { chart } = pserver.insights[0] as Insight;
    const { queryName, data } = ask('getStoryQueryData', { queryName: 'months', queryParams: {} });
    expect(queryName).toBe('months');
    expect(data).toEqual(chart?.labels.map((label, index) => ({ label, value: chart.values[index] })));
    const query = { queryName: 'months', id: 'insight-6' };
    expect(ask('getStoryQueryData', query)['data']).toEqual([]);
    expect(ask('getStoryQueryData')).toMatchObject({ ok: false, status: '400' });
  });
});
