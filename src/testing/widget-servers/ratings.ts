import type { Insight } from './insight.ts';
import type { Insights } from './insights.ts';
import { type Command, type CommandAnswer, type Execute, numberOf, refusal, textField } from './service.ts';

const MAX_STARS = 5;

/** The user's rating of an insight. */
export interface InsightRating {
  /** The insight's id. */
  readonly id: string;
  /** Stars, from 0 (not rated) to 5. */
  readonly rating: number;
  /** The user's comment. May be empty. */
  readonly feedback: string;
}

/** The ratings, and the commands that set and read them. */
export interface Ratings {
  readonly list: readonly InsightRating[];
  readonly commands: Readonly<Record<string, Execute>>;
}

export function createRatings(insights: Insights): Ratings {
  const list: InsightRating[] = [];

  const ratingOf = ({ id }: Insight): InsightRating =>
    list.find((one) => one.id === id) ?? { id, rating: 0, feedback: '' };

  function save(changed: InsightRating): InsightRating {
    const index = list.findIndex(({ id }) => id === changed.id);
    list.splice(index < 0 ? list.length : index, 1, changed);
    return changed;
  }

  const withInsight = (command: Command, answer: (insight: Insight) => CommandAnswer): CommandAnswer => {
    const insight = insights.namedBy(command);
    return insight ? answer(insight) : refusal(404, 'There is no insight with that id.');
  };

  const commands: Readonly<Record<string, Execute>> = {
    getInsightRating: (command) => withInsight(command, (insight) => ({ ...ratingOf(insight) })),
    updateInsightRating: (command) =>
      withInsight(command, (insight) => {
        const rating = numberOf(command['rating']);
        if (rating === undefined || !Number.isInteger(rating) || rating < 0 || rating > MAX_STARS)
          return refusal(400, `The rating must be a whole number from 0 to ${MAX_STARS}.`);
        return { ...save({ ...ratingOf(insight), rating }) };
      }),
    updateInsightFeedback: (command) =>
      withInsight(command, (insight) => ({
        ...save({ ...ratingOf(insight), feedback: textField(command, 'feedback') }),
      })),
  };
  return { list, commands };
}
