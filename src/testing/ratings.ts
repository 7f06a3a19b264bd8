import { type Command, numberOf, textOf } from './command.ts';
import type { Insight } from './insight.ts';
import type { Insights } from './insights.ts';
import { type Answer, refusal } from './reply.ts';
import type { Execute } from './service.ts';

const MOST_STARS = 5;

/** What the user thinks of an insight. */
export interface InsightRating {
  /** The insight's id. */
  readonly id: string;
  /** Stars, from 0 (not rated) to 5. */
  readonly rating: number;
  /** In the user's words; empty where there are none. */
  readonly feedback: string;
}

/** The ratings that were given, and the commands that give and read them. */
export interface Ratings {
  readonly list: readonly InsightRating[];
  readonly commands: Readonly<Record<string, Execute>>;
}

export function createRatings(insights: Insights): Ratings {
  const list: InsightRating[] = [];

  const ratingOf = ({ id }: Insight): InsightRating =>
    list.find((one) => one.id === id) ?? { id, rating: 0, feedback: '' };

  function keep(changed: InsightRating): InsightRating {
    const index = list.findIndex(({ id }) => id === changed.id);
    list.splice(index < 0 ? list.length : index, 1, changed);
    return changed;
  }

  const of = (command: Command, answer: (insight: Insight) => Answer): Answer => {
    const insight = insights.namedBy(command);
    return insight ? answer(insight) : refusal(404, 'There is no insight with that id.');
  };

  const commands: Readonly<Record<string, Execute>> = {
    getInsightRating: (command) => of(command, (insight) => ({ ...ratingOf(insight) })),
    updateInsightRating: (command) =>
      of(command, (insight) => {
        const rating = numberOf(command['rating']);
        if (rating === undefined || !Number.isInteger(rating) || rating < 0 || rating > MOST_STARS)
          return refusal(400, `The rating must be a whole number from 0 to ${MOST_STARS}.`);
        return { ...keep({ ...ratingOf(insight), rating }) };
      }),
    updateInsightFeedback: (command) =>
      of(command, (insight) => ({
        ...keep({ ...ratingOf(insight), feedback: textOf(command, 'feedback') }),
      })),
  };
  return { list, commands };
}
