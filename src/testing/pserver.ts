import { dayFromNow } from './calendar.ts';
import { textOf } from './command.ts';
import type { Insight, StoryPart } from './insight.ts';
import { CURRENT, IN_RESERVE, type InsightDraft } from './insight-templates.ts';
import { type Reply, refusal, success } from './reply.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createService, type Service } from './service.ts';

/** The insights' server. */
export interface PServer extends Service {
  /** Those of the user now. */
  readonly insights: readonly Insight[];
}

export function createPServer(random: SeededRandom): PServer {
  const insights: Insight[] = [];
  const stories = new Map<string, readonly StoryPart[]>();
  const reserve = [...IN_RESERVE];

  function publish({ daysAgo, story, ...draft }: InsightDraft): void {
    const id = `insight-${insights.length + 1}`;
    insights.push({ id, ...draft, currency: 'EUR', date: dayFromNow(-daysAgo) });
    stories.set(id, story);
  }

  function details(insightId: string): Reply {
    const index = insights.findIndex(({ id }) => id === insightId);
    const found = insights[index];
    if (!found) return refusal(404, 'There is no insight with that id.');
    insights[index] = { ...found, seen: true };
    return success({ insight: insights[index], story: stories.get(insightId) });
  }

  /** One new insight at a time, until there are no more. */
  function generate(): Reply {
    const template = reserve.shift();
    if (template) publish(template(random));
    return success({ generated: template ? 1 : 0 });
  }

  for (const template of CURRENT) publish(template(random));

  const service = createService({
    getNumberOfInsights: () =>
      success({ numberOfInsights: insights.length, unread: insights.filter(({ seen }) => !seen).length }),
    getInsights: () => success({ insights: [...insights] }),
    getInboxInsights: () => success({ insights: [...insights].sort(newestFirst) }),
    getInsightDetails: (command) => details(textOf(command, 'insightId')),
    generateInsights: generate,
  });
  return { ...service, insights };
}

function newestFirst(one: Insight, other: Insight): number {
  return other.date.localeCompare(one.date);
}
