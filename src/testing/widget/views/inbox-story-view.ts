import type { Fields } from '../request-proxy.ts';
import { InboxView } from './inbox-view.ts';
import { StoryView } from './story-view.ts';
import type { Insight } from './teaser.ts';

/** `inbox-story-widget`: the inbox, and beside it a story, at first that of the option `insightId` or of the first teaser. */
export class InboxStoryView extends InboxView {
  protected override draw(reply: Fields): void {
    const before = this.items.length;
    super.draw(reply);
    const first = this.items[before] as Insight | undefined;
    if (first) this.#open(this.config['insightId'] ?? first.id);
  }

  /** No notice: the story is shown here. */
  override clickTeaser(insight: Insight): void {
    this.#open(insight.id);
  }

  override pressButton(id: string): boolean {
    return super.pressButton(id) || (this.story?.pressButton(id) ?? false);
  }

  #open(insightId: unknown): void {
    this.story?.replace();
    this.story = new StoryView(this.widget, { ...this.config, insightId });
    this.story.start();
  }
}
