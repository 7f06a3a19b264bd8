import type { WidgetFields } from '../deep-extend.ts';
import { type DrawnBlock, type DrawnButton, drawStory } from './story-blocks.ts';
import { isForbidden, View } from './view.ts';

/** `story-widget`: the story of one insight, with stars and a comment. */
export class StoryView extends View {
  /** The id of the insight that is rated. */
  #ratedId: unknown;
  #isRated = false;

  start(): void {
    const { insightId } = this.config;
    this.#ratedId = insightId;
    this.widget.getInsightDetails({ insightId }, ...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: WidgetFields): void {
    this.settle('empty'); // the state after an error below
    const blocks = isForbidden(reply) ? undefined : drawStory(reply, this.config['lang']);
    if (!blocks) {
      this.showError('A problem occurred');
      return;
    }
    this.settle('shown');
    this.items.push(...blocks);
    for (const block of blocks) this.#tryExpressions(block);
    this.closeLoader();
    this.#requestRating();
  }

  /** The widget first evaluates the target of a navigation as an expression, and reports three times that it failed. */
  #tryExpressions({ buttonType, options = [] }: DrawnBlock): void {
    if (buttonType !== 'navigateTo') return;
    for (const { id } of options) {
      for (let times = 0; times < 3; times += 1) this.report('errorOccured', `No expression: ${id}`);
    }
  }

  #requestRating(): void {
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
    for (const block of this.items as DrawnBlock[]) {
      const option = block.options?.find((one) => one.id === id && one.isActive);
      if (!option) continue;
      if (option.action) this.#act(block, option, option.action);
      else this.#navigate(option);
      return true;
    }
    return false;
  }

  #navigate({ id, payload }: DrawnButton): void {
    this.reportEvent('navigateButton', id);
    const data = { navigateTarget: id, ...(payload ? { payload } : {}) };
    setTimeout(() => this.callDelegate('navigateToPage', { requestString: 'navigateToPage', data }));
  }

  #act(block: DrawnBlock, { payload }: DrawnButton, action: NonNullable<DrawnButton['action']>): void {
    const { actionType } = action;
    this.reportEvent('navigateButton', action.payload?.['navigateTarget']);
    // A button in a teaser passes two callbacks to the page, a button in a story passes none.
    const data = { ...action.payload, actionType, ...(payload ? { payload } : {}) };
    const requestString = actionType === 'callPersoneticsAPI' ? actionType : 'navigateToPage';
    setTimeout(() => this.callDelegate('widgetEvent', { requestString, data }, block));
  }
}

function nothing(): void {}
