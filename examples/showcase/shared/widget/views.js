import { element } from '../dom/element.js';
import { createBanks } from './banks/banks.js';
import { createInsights } from './insights/insights.js';
import { createStory } from './insights/story.js';
import { createSubscriptions } from './subscriptions.js';

/** @typedef {{ load: () => void, focus?: () => void }} Shown a part that can be loaded again */

/** What the stand-in shows, whichever build it stands for. */
export class Views {
  #shape;
  #complaints = element('div', { class: 'complaints', role: 'alert' });
  /** @type {Record<string, Shown>} */
  #parts = {};
  /** @type {(insightId: string) => void} */
  #markRead = () => {};

  /** @param {string} shape of the build's calls */
  constructor(shape) {
    this.#shape = shape;
  }

  /** @param {string} text */
  complain = (text) => {
    this.#complaints.append(element('p', { class: 'complaint' }, text));
  };

  /**
   * @param {Record<string, any>} config `el` is an element or a selector; the `widgetType` `story-widget` shows the story of one
   *   insight, `teaser-widget` all insights, and every other type the whole widget
   * @param {import('./client.js').Client} client
   */
  start({ el = 'body', widgetType, insightId }, client) {
    const root = typeof el === 'string' ? document.querySelector(el) : el;
    if (!(root instanceof HTMLElement)) return; // not an error in the shipped build, either
    if (widgetType === 'story-widget') {
      root.replaceChildren(createStory(client, insightId, () => this.#markRead(insightId)));
      return;
    }
    root.dataset.callShape = this.#shape;
    root.replaceChildren(widgetType === 'teaser-widget' ? this.#insights(client) : this.#overview(client));
  }

  /**
   * Asks for a part again.
   *
   * @param {string} part
   */
  refresh = (part) => this.#parts[part]?.load();

  /**
   * Brings a part into view, as it is now.
   *
   * @param {string} part
   */
  show = (part) => {
    this.#parts[part]?.load();
    this.#parts[part]?.focus?.();
  };

  /** @param {import('./client.js').Client} client */
  #insights(client) {
    const insights = createInsights(client);
    this.#parts = { insights };
    this.#markRead = insights.markRead;
    return element('div', { class: 'widget' }, note(), this.#complaints, insights.element);
  }

  /** @param {import('./client.js').Client} client */
  #overview(client) {
    const insights = createInsights(client);
    const subscriptions = createSubscriptions(client);
    const banks = createBanks(client);
    this.#parts = { insights, subscriptions, banks, linked: banks.linked };
    this.#markRead = insights.markRead;
    return element(
      'div',
      { class: 'widget' },
      note(),
      this.#complaints,
      insights.element,
      element('div', { class: 'widget-columns' }, subscriptions.element, banks.element),
      footer(client),
    );
  }
}

function note() {
  return element(
    'p',
    { class: 'stand-in' },
    element('strong', {}, 'Stand-in.'),
    ' This is not the vendor’s widget. It calls the page in the same ways, so that the bridge can be seen at work.',
  );
}

/** @param {import('./client.js').Client} client */
function footer(client) {
  const click = () => client.navigate('accounts');
  return element(
    'p',
    { class: 'widget-foot' },
    element(
      'button',
      { type: 'button', class: 'button-link', 'data-navigate': '', click },
      'Go to your accounts',
    ),
  );
}
