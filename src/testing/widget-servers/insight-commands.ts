import type { Insight } from './insight.ts';
import type { Insights } from './insights.ts';
import { type Command, type CommandAnswer, type Execute, refusal, textField } from './service.ts';

/** The commands that list insights, and add new ones. */
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

/** The commands that return stories, whole and in parts. */
export function storyCommands(insights: Insights): Readonly<Record<string, Execute>> {
  const textsOf = (insight: Insight, command: Command) =>
    insights.storyOf(insight).texts(textField(command, 'lang'));

  function open(command: Command): CommandAnswer {
    const named = insights.namedBy(command);
    if (!named) return refusal(404, 'There is no insight with that id.');
    const insight = insights.open(named);
    return { insight, story: insights.storyOf(insight).story, text: textsOf(insight, command) };
  }

  // Shipped widgets request these parts without an id, although the page passes two.
  const insightFor = (command: Command) => insights.namedBy(command) ?? insights.lastOpened();

  return {
    getInsightDetails: open,
    getInsightStory: open,
    getInsightStoryDefinition: (command) => ({ story: insights.storyOf(insightFor(command)).story }),
    getInsightStoryTexts: (command) => ({ text: textsOf(insightFor(command), command) }),
    getInsightStoryData: (command) => ({ facts: factsOf(insightFor(command)) }),
    getStoryQueryData(command) {
      const queryName = textField(command, 'queryName');
      if (!queryName) return refusal(400, 'The command must have a queryName, as text.');
      return { queryName, data: rowsOf(insightFor(command)) };
    },
  };
}

/** The figures of an insight's story. */
function factsOf({ amount, currency, date, chart }: Insight): object {
  return { amount, currency, date, chart };
}

function rowsOf({ chart }: Insight): object[] {
  return (chart?.labels ?? []).map((label, index) => ({ label, value: chart?.values[index] }));
}
