import type { SeededRandom } from '../seeded-random.ts';
import { dayFromNow } from './calendar.ts';
import type { Insight, TeaserBlock } from './insight.ts';
import { CURRENT, IN_RESERVE, type InsightDraft } from './insight-templates.ts';
import { type Command, textField } from './service.ts';
import { createStory, navigationOf, type StoryWithTexts } from './story.ts';

/** The user's insights with their stories. */
export interface Insights {
  readonly list: readonly Insight[];
  /**
   * The insight that a command names in `id` or `insightId`. Each may be the id of the insight or of its type, because
   * shipped widgets swap the two.
   */
  namedBy(command: Command): Insight | undefined;
  /** Marks it as read. */
  open(insight: Insight): Insight;
  /** The insight that was opened last; before that, the first one. */
  lastOpened(): Insight;
  storyOf(insight: Insight): StoryWithTexts;
  /** Adds one new insight, until there are no more. */
  generate(): Insight | undefined;
}

export function createInsights(random: SeededRandom): Insights {
  const list: Insight[] = [];
  const stories = new Map<string, StoryWithTexts>();
  const reserve = [...IN_RESERVE];
  let last = '';

  function publish(draft: InsightDraft): Insight {
    const { daysAgo, pages: _pages, button: _button, ...content } = draft;
    const number = list.length + 1;
    const date = dayFromNow(-daysAgo);
    const insight: Insight = {
      id: `insight-${number}`,
      ...content,
      currency: 'EUR',
      date,
      ...teaserOf(draft, date),
    };
    list.push(insight);
    stories.set(insight.id, createStory(number, draft));
    return insight;
  }

  const find = (id: string) => list.find((insight) => insight.id === id);

  for (const template of CURRENT) publish(template(random));

  return {
    list,
    namedBy(command) {
      const names = [textField(command, 'id'), textField(command, 'insightId')];
      return (
        list.find(({ id }) => names.includes(id)) ?? list.find(({ insightId }) => names.includes(insightId))
      );
    },
    open(insight) {
      const opened: Insight = { ...insight, status: 'read' };
      list[list.indexOf(insight)] = opened;
      last = opened.id;
      return opened;
    },
    lastOpened: () => find(last) ?? (list[0] as Insight),
    storyOf: ({ id }) => stories.get(id) as StoryWithTexts,
    generate() {
      const template = reserve.shift();
      return template && publish(template(random));
    },
  };
}

type Teaser = Pick<Insight, 'teaserTemplate' | 'teaserBlocks' | 'actions'>;

/** The teaser of an insight, for the inbox and the carousel. */
function teaserOf({ title, text, button }: InsightDraft, date: string): Teaser {
  const blocks: TeaserBlock[] = [
    { blockId: 'date', type: 'date-box', date },
    { blockId: 'title', type: 'text', text: title },
    { blockId: 'teaser-text', type: 'text', text },
  ];
  if (!button) return { teaserTemplate: 'simpleText', teaserBlocks: blocks, actions: [] };
  const action = navigationOf(button);
  const { actionId } = action;
  const option = { id: `button-${actionId}`, text: button.text, active: true, action: actionId } as const;
  return {
    teaserTemplate: 'simpleText',
    teaserBlocks: [...blocks, { blockId: 'buttons', type: 'buttons', options: [option] }],
    actions: [action],
  };
}
