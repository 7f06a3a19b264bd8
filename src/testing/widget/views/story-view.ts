import type { Fields } from '../request-proxy.ts';
import { drawStory, type StoryBlock, type StoryOption } from './story-blocks.ts';
import { isBarred } from './text-filter.ts';
import { View } from './view.ts';

/** `story-widget`: the story of one insight, with stars and a comment. */
export class StoryView extends View {
  /** The id that stars and comment belong to. */
  #ratedId: unknown;
  #isRated = false;

  start(): void {
    const { insightId } = this.config;
    this.#ratedId = insightId;
    this.widget.getInsightDetails({ insightId }, ...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: Fields): void {
    this.settle('empty'); // what is thrown from here on leaves it so
    const blocks = isBarred(reply) ? undefined : drawStory(reply, this.config['lang']);
    if (!blocks) {
      this.showError('A problem occurred');
      return;
    }
    this.settle('shown');
    this.items.push(...blocks);
    for (const block of blocks) this.#tryExpressions(block);
    this.closeLoader();
    this.#askRating();
  }

  /** The widget reads the target of a navigation as an expression first, and reports three times that it cannot. */
  #tryExpressions({ buttonType, options = [] }: StoryBlock): void {
    if (buttonType !== 'navigateTo') return;
    for (const { id } of options) {
      for (let times = 0; times < 3; times += 1) this.report('errorOccured', `No expression: ${id}`);
    }
  }

  #askRating(): void {
    this.widget.getInsightRating(
      { id: this.config['insightId'] },
      this.unlessReplaced(({ id, rating }) => {
        this.#ratedId = id ?? this.#ratedId;
        this.rating = Number(rating ?? 0);
      }),
      this.unlessReplaced(() => {
        this.rating = 0;
        this.report('errorOccured', 'The rating could not be read');
      }),
    );
  }

  rate(stars: number): void {
    this.#isRated = true;
    this.rating = stars;
    this.widget.updateInsightRating({ id: this.#ratedId, rating: stars }, nothing, nothing);
  }

  sendFeedback(feedback: string): void {
    if (!this.#isRated) throw new Error('Test widget, build 21.5: rate the story before you send feedback');
    this.widget.updateInsightFeedback({ id: this.#ratedId, feedback }, nothing, nothing);
  }

  override pressButton(id: string): boolean {
    for (const block of this.items as StoryBlock[]) {
      const option = block.options?.find((one) => one.id === id && one.isActive);
      if (!option) continue;
      if (option.action) this.#act(block, option, option.action);
      else this.#navigate(option);
      return true;
    }
    return false;
  }

  #navigate({ id, payload }: StoryOption): void {
    this.reportEvent('navigateButton', id);
    const data = { navigateTarget: id, ...(payload ? { payload } : {}) };
    setTimeout(() => this.tellDelegate('navigateToPage', { requestString: 'navigateToPage', data }));
  }

  #act(block: StoryBlock, { payload }: StoryOption, action: NonNullable<StoryOption['action']>): void {
    const { actionType } = action;
    this.reportEvent('navigateButton', action.payload?.['navigateTarget']);
    // A teaser's button gives the page two callbacks, a story's gives none.
    const data = { ...action.payload, actionType, ...(payload ? { payload } : {}) };
    const requestString = actionType === 'callPersoneticsAPI' ? actionType : 'navigateToPage';
    setTimeout(() => this.tellDelegate('widgetEvent', { requestString, data }, block));
  }
}

function nothing(): void {}
