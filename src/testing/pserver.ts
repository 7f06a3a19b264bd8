import type { Budget, Budgets } from './budgets.ts';
import type { Insight } from './insight.ts';
import { insightCommands } from './insight-commands.ts';
import { createInsights } from './insights.ts';
import { createNewest } from './newest.ts';
import { createRatings, type InsightRating } from './ratings.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createService, type Service } from './service.ts';
import { storyCommands } from './story-commands.ts';

/** The insights' server. */
export interface PServer extends Service {
  /** Those of the user now. */
  readonly insights: readonly Insight[];
  /** Those that the user has rated, or commented on. */
  readonly ratings: readonly InsightRating[];
  /** One for each group of payments, kept or not. */
  readonly budgets: readonly Budget[];
  /** What `sendEvents` had in its `eventsInfoList`, oldest first, the last 1,000. */
  readonly events: readonly unknown[];
  /** What `updateUserDataAssets` had in its `eventList`, oldest first, the last 1,000. */
  readonly userDataAssets: readonly unknown[];
}

export function createPServer(random: SeededRandom, budgets: Budgets): PServer {
  const insights = createInsights(random);
  const ratings = createRatings(insights);
  const events = createNewest();
  const userDataAssets = createNewest();

  const service = createService('pserver', {
    initPersonetics: () => ({ projectConfiguration: { reporting: true } }),
    ...insightCommands(insights),
    ...storyCommands(insights),
    ...ratings.commands,
    ...budgets.commands,
    sendEvents: ({ eventsInfoList }) => ({ received: events.add(eventsInfoList) }),
    updateUserDataAssets: ({ eventList }) => ({ received: userDataAssets.add(eventList) }),
  });
  return {
    ...service,
    insights: insights.list,
    ratings: ratings.list,
    budgets: budgets.list,
    events: events.list,
    userDataAssets: userDataAssets.list,
  };
}
