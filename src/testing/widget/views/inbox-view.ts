import { deepExtend } from '../deep-extend.ts';
import type { Fields } from '../request-proxy.ts';
import { TeaserView } from './teaser-view.ts';
import { isBarred } from './text-filter.ts';

/** `teaser-widget`: the inbox. */
export class InboxView extends TeaserView {
  start(): void {
    this.widget.getInboxInsights(this.config['bankInfo'], ...this.filledBy((reply) => this.draw(reply)));
  }

  protected draw(reply: Fields): void {
    if (isBarred(reply)) {
      this.showError('A problem occurred');
      return;
    }
    const insights = this.drawInsights(reply);
    if (!insights.length) return;
    this.report('inboxWidgetStarted', insights.length);
    for (const insight of insights) this.present(insight);
  }

  close(): void {
    this.report('closeButtonClicked', '1');
    this.tellDelegate('sessionEnded', deepExtend({ ExistInbox: true }, this.config));
  }
}
