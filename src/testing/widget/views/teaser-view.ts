import { FakeElements } from '../fake-elements.ts';
import type { Fields } from '../request-proxy.ts';
import { buttonOf, checkInsight, type Insight } from './teaser.ts';
import { View } from './view.ts';

/** A view that shows the insights of a reply as teasers. All of them are in view: there is no screen. */
export abstract class TeaserView extends View {
  /** Draws what a reply has. Returns its insights, or none where the view has said that there are none. */
  protected drawInsights(reply: Fields): readonly Insight[] {
    const { insights } = reply;
    if (!Array.isArray(insights) || !insights.length) {
      this.settle('empty');
      this.report('errorOccured', 'No new insights');
      this.closeLoader();
      return [];
    }
    this.config['insights'] = insights;
    this.settle('shown');
    for (const insight of insights as Insight[]) {
      checkInsight(insight);
      this.items.push(insight);
    }
    this.closeLoader();
    return insights as Insight[];
  }

  /** From now on, reports and events are of this insight. */
  protected attend({ id, insightId }: Insight): void {
    // The other way round, since reports cross the two.
    Object.assign(this.widget.config, { instanceId: id, insightId });
  }

  protected present(insight: Insight): void {
    this.attend(insight);
    this.reportEvent('Presented', '1');
  }

  clickTeaser(insight: Insight): void {
    this.attend(insight);
    const params = {
      ...this.#paramsOf(insight),
      clickedTeaser: FakeElements.of('.perso-teaser'),
      value: '1',
    };
    this.tellEvent(this.#from(insight), params);
    this.reportEvent('teaserClick', '1');
  }

  override pressButton(id: string): boolean {
    for (const insight of this.items as Insight[]) {
      const action = buttonOf(insight, id);
      if (!action) continue;
      this.attend(insight);
      if (action.actionType === 'openStory') this.#openStory(insight, action.payload);
      else this.#act(insight, action.actionType, action.payload ?? {});
      return true;
    }
    return false;
  }

  #openStory(insight: Insight, payload: Fields | undefined): void {
    if (!payload) throw new TypeError(`Insight ${String(insight.id)}: the button’s action has no payload`);
    this.tellEvent(this.#from(insight), { ...this.#paramsOf(insight), payload });
  }

  #act(insight: Insight, actionType: string, payload: Fields): void {
    const isCall = actionType === 'callPersoneticsAPI';
    const { navigateTarget } = payload;
    this.tellEvent(this.#from(insight), {
      requestString: isCall ? 'callPersoneticsAPI' : 'navigateToPage',
      data: { ...payload, actionType, ...(isCall ? this.outcomeCallbacks() : {}) },
      ...(navigateTarget === 'manageBudget' ? { lang: this.config['lang'] } : {}),
    });
    this.reportEvent('navigateButton', navigateTarget);
  }

  #paramsOf(insight: Insight): Fields {
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

  /** The widget's own object of a teaser. */
  #from(insight: Insight): object {
    return { insight, parentCtrl: this };
  }
}
