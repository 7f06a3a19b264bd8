import { dayFromNow } from './calendar.ts';
import { type Command, textOf } from './command.ts';
import type { Insight } from './insight.ts';
import { CURRENT, IN_RESERVE, type InsightDraft } from './insight-templates.ts';
import type { SeededRandom } from './seeded-random.ts';
import { teaserOf } from './teaser.ts';
import { type ToldStory, tellStory } from './tell-story.ts';

/** The user's insights, with the stories behind them. */
export interface Insights {
  readonly list: readonly Insight[];
  /**
   * The one that a command names in `id` or `insightId`. Either may hold the insight's own id or that of its type: shipped
   * widgets exchange the two.
   */
  namedBy(command: Command): Insight | undefined;
  /** It counts as read from now on. */
  open(insight: Insight): Insight;
  /** The one that was opened last; at first, the first one. */
  lastOpened(): Insight;
  storyOf(insight: Insight): ToldStory;
  /** One new insight at a time, until there are no more. */
  generate(): Insight | undefined;
}

export function createInsights(random: SeededRandom): Insights {
  const list: Insight[] = [];
  const stories = new Map<string, ToldStory>();
  const reserve = [...IN_RESERVE];
  let last = '';

  function publish(draft: InsightDraft): Insight {
    const { daysAgo, pages: _pages, button: _button, ...kept } = draft;
    const number = list.length + 1;
    const date = dayFromNow(-daysAgo);
    const insight: Insight = {
      id: `insight-${number}`,
      ...kept,
      currency: 'EUR',
      date,
      ...teaserOf(draft, date),
    };
    list.push(insight);
    stories.set(insight.id, tellStory(number, draft));
    return insight;
  }

  const find = (id: string) => list.find((insight) => insight.id === id);

  for (const template of CURRENT) publish(template(random));

  return {
    list,
    namedBy(command) {
      const names = [textOf(command, 'id'), textOf(command, 'insightId')];
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
    storyOf: ({ id }) => stories.get(id) as ToldStory,
    generate() {
      const template = reserve.shift();
      return template && publish(template(random));
    },
  };
}
