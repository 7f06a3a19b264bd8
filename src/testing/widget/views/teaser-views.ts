import { deepExtend, type WidgetFields } from '../deep-extend.ts';
import { FakeElements } from '../fake-elements.ts';
import { StoryView } from './story-view.ts';
import { buttonOf, checkInsight, type DrawnInsight } from './teaser.ts';
import { isForbidden, View } from './view.ts';

/** A view that shows the insights of a reply as teasers. All are visible, because there is no screen. */
export abstract class TeaserView extends View {
  /** Draws the insights of a reply, and returns them. */
  protected drawInsights(reply: WidgetFields): readonly DrawnInsight[] {
    const { insights } = reply;
    if (!Array.isArray(insights) || !insights.length) {
      this.settle('empty');
      this.report('errorOccured', 'No new insights');
      this.closeLoader();
      return [];
    }
    this.config['insights'] = insights;
    this.settle('shown');
    for (const insight of insights as DrawnInsight[]) {
      checkInsight(insight);
      this.items.push(insight);
    }
    this.closeLoader();
    return insights as DrawnInsight[];
  }

  /** Later reports and events are about this insight. */
  protected select({ id, insightId }: DrawnInsight): void {
    // Swapped, because reports swap the two again.
    Object.assign(this.widget.config, { instanceId: id, insightId });
  }

  protected present(insight: DrawnInsight): void {
    this.select(insight);
    this.reportEvent('Presented', '1');
  }

  clickTeaser(insight: DrawnInsight): void {
    this.select(insight);
    const params = {
      ...this.#paramsOf(insight),
      clickedTeaser: FakeElements.of('.perso-teaser'),
      value: '1',
    };
    this.emitEvent(this.#from(insight), params);
    this.reportEvent('teaserClick', '1');
  }

  override pressButton(id: string): boolean {
    for (const insight of this.items as DrawnInsight[]) {
      const action = buttonOf(insight, id);
      if (!action) continue;
      this.select(insight);
      if (action.actionType === 'openStory') this.#openStory(insight, action.payload);
      else this.#act(insight, action.actionType, action.payload ?? {});
      return true;
    }
    return false;
  }

  #openStory(insight: DrawnInsight, payload: WidgetFields | undefined): void {
    if (!payload) throw new TypeError(`Insight ${String(insight.id)}: the button’s action has no payload`);
    this.emitEvent(this.#from(insight), { ...this.#paramsOf(insight), payload });
  }

  #act(insight: DrawnInsight, actionType: string, payload: WidgetFields): void {
    const isCall = actionType === 'callPersoneticsAPI';
    const { navigateTarget } = payload;
    this.emitEvent(this.#from(insight), {
      requestString: isCall ? 'callPersoneticsAPI' : 'navigateToPage',
      data: { ...payload, actionType, ...(isCall ? this.outcomeCallbacks() : {}) },
      ...(navigateTarget === 'manageBudget' ? { lang: this.config['lang'] } : {}),
    });
    this.reportEvent('navigateButton', navigateTarget);
  }

  #paramsOf(insight: DrawnInsight): WidgetFields {
    const { userId, lang, teaserId, payload } = this.config;
    const { id, insightId } = insight;
    return {
      userId,
      insightId: id,
      instanceId: insightId,
      eventType: 'teaserClick',
      lang,
      teaserId,
      payload,
    };
  }

  /** The widget's object for a teaser. */
  #from(insight: DrawnInsight): object {
    return { insight, parentCtrl: this };
  }
}

/** `teaser-widget-carousel`. A single teaser is not reported. */
export class CarouselView extends TeaserView {
  start(): void {
    this.widget.getInsights(this.config['bankInfo'], ...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: WidgetFields): void {
    const [first, ...others] = this.drawInsights(reply);
    if (!first || !others.length) return;
    this.report('carouselWidgetStarted', others.length + 1);
    this.present(first);
  }
}

/** `teaser-widget`: the inbox. */
export class InboxView extends TeaserView {
  start(): void {
    this.widget.getInboxInsights(this.config['bankInfo'], ...this.filledBy((reply) => this.draw(reply)));
  }

  protected draw(reply: WidgetFields): void {
    if (isForbidden(reply)) {
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
    this.callDelegate('sessionEnded', deepExtend({ ExistInbox: true }, this.config));
  }
}

/** `inbox-story-widget`: the inbox and a story. The first story is that of the option `insightId`, or of the first teaser. */
export class InboxStoryView extends InboxView {
  protected override draw(reply: WidgetFields): void {
    const before = this.items.length;
    super.draw(reply);
    const first = this.items[before] as DrawnInsight | undefined;
    if (first) this.#open(this.config['insightId'] ?? first.id);
  }

  /** Without an event: the view shows the story itself. */
  override clickTeaser(insight: DrawnInsight): void {
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
