import { type Command, textOf } from './command.ts';
import type { Insight } from './insight.ts';
import type { Insights } from './insights.ts';
import { type Answer, refusal } from './reply.ts';
import type { Execute } from './service.ts';

/** The story behind an insight, whole and in parts. */
export function storyCommands(insights: Insights): Readonly<Record<string, Execute>> {
  const wordsOf = (insight: Insight, command: Command) =>
    insights.storyOf(insight).texts(textOf(command, 'lang'));

  function open(command: Command): Answer {
    const named = insights.namedBy(command);
    if (!named) return refusal(404, 'There is no insight with that id.');
    const insight = insights.open(named);
    return { insight, story: insights.storyOf(insight).story, text: wordsOf(insight, command) };
  }

  // Shipped widgets ask for these parts without any id, though they were called with two.
  const meant = (command: Command) => insights.namedBy(command) ?? insights.lastOpened();

  return {
    getInsightDetails: open,
    getInsightStory: open,
    getInsightStoryDefinition: (command) => ({ story: insights.storyOf(meant(command)).story }),
    getInsightStoryTexts: (command) => ({ text: wordsOf(meant(command), command) }),
    getInsightStoryData: (command) => ({ facts: factsOf(meant(command)) }),
    getStoryQueryData(command) {
      const queryName = textOf(command, 'queryName');
      if (!queryName) return refusal(400, 'The command must have a queryName, as text.');
      return { queryName, data: rowsOf(meant(command)) };
    },
  };
}

/** What the words of a story were made with. */
function factsOf({ amount, currency, date, chart }: Insight): object {
  return { amount, currency, date, chart };
}

function rowsOf({ chart }: Insight): object[] {
  return (chart?.labels ?? []).map((label, index) => ({ label, value: chart?.values[index] }));
}
