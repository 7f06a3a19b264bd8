import { createNewestItems } from '../limits.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Budget, Budgets } from './budgets.ts';
import type { Insight } from './insight.ts';
import { insightCommands, storyCommands } from './insight-commands.ts';
import { createInsights } from './insights.ts';
import { createRatings, type InsightRating } from './ratings.ts';
import { createService, type Service } from './service.ts';

/** The server of the insights. */
export interface PServer extends Service {
  /** The user's current insights. */
  readonly insights: readonly Insight[];
  /** The insights that the user has rated or commented on. */
  readonly ratings: readonly InsightRating[];
  /** A budget for each group of payments, active or not. */
  readonly budgets: readonly Budget[];
  /** The newest 1,000 items of the `eventsInfoList` of `sendEvents`, the oldest first. */
  readonly events: readonly unknown[];
  /** The newest 1,000 items of the `eventList` of `updateUserDataAssets`, the oldest first. */
  readonly userDataAssets: readonly unknown[];
}

export function createPServer(random: SeededRandom, budgets: Budgets): PServer {
  const insights = createInsights(random);
  const ratings = createRatings(insights);
  const events = createNewestItems();
  const userDataAssets = createNewestItems();

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
