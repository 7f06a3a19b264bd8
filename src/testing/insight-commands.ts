import type { Insight } from './insight.ts';
import type { Insights } from './insights.ts';
import type { Execute } from './service.ts';

/** The lists of insights, and new ones. */
export function insightCommands(insights: Insights): Readonly<Record<string, Execute>> {
  const unread = () => insights.list.filter(({ status }) => status !== 'read').length;
  const listed = (list: readonly Insight[]) => ({ insights: list, numberOfUnreadInsights: unread() });
  const newestFirst = () => [...insights.list].sort((one, other) => other.date.localeCompare(one.date));

  return {
    getInsights: () => listed([...insights.list]),
    getInboxInsights: () => listed(newestFirst()),
    getNumberOfInsights: () => ({ numberOfInsights: insights.list.length, unread: unread() }),
    generateInsights: () => ({ generated: insights.generate() ? 1 : 0 }),
    messageHistory: () => ({
      messages: newestFirst().map(({ id, insightId, title, text, date, status }) => ({
        id,
        insightId,
        title,
        text,
        date,
        status,
      })),
    }),
  };
}
