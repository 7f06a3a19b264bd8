import { element } from '../../dom/element.js';
import { money, shortDay } from '../format.js';
import { Part } from '../part.js';
import { Carousel } from './carousel.js';
import { createChart } from './chart.js';
import { openInsight } from './insight-dialog.js';

/**
 * @typedef {object} Insight
 * @property {string} id
 * @property {'spending' | 'saving' | 'cashflow' | 'subscriptions'} category
 * @property {string} title
 * @property {string} text
 * @property {number} [amount]
 * @property {string} currency
 * @property {string} date
 * @property {boolean} seen
 * @property {{ labels: string[], values: number[] }} [chart]
 */

const categories = {
  spending: 'Spending',
  saving: 'Saving',
  cashflow: 'Cash flow',
  subscriptions: 'Subscriptions',
};

/** @param {import('../client.js').Client} client */
export function createInsights(client) {
  const part = new Part({
    name: 'insights',
    title: 'Insights',
    empty: 'No insights today. Look in again tomorrow.',
  });
  const unread = element('span', { class: 'tag tag-new', 'data-unread': '' });
  part.actions.append(unread);

  const load = () => part.load(() => client.request('pserver', 'getInsights'), draw);

  /** @param {Record<string, any>} reply */
  function draw(reply) {
    /** @type {Insight[]} */
    const insights = reply.insights;
    countUnread(insights);
    if (insights.length === 0) return undefined;
    const carousel = new Carousel(
      'Insights',
      insights.map((insight) => ({
        title: insight.title,
        content: createCard(insight, () => open(insight, insights)),
      })),
    );
    return carousel.element;
  }

  /**
   * @param {Insight} insight
   * @param {Insight[]} insights
   */
  function open(insight, insights) {
    client.tellWidgetEvent('teaserClick', { insightId: insight.id });
    openInsight(client, insight, () => {
      insight.seen = true;
      part.element
        .querySelector(`[data-insight="${CSS.escape(insight.id)}"]`)
        ?.setAttribute('data-seen', 'true');
      countUnread(insights);
    });
  }

  /** @param {Insight[]} insights */
  function countUnread(insights) {
    const count = insights.filter(({ seen }) => !seen).length;
    unread.textContent = count === 0 ? '' : `${count} new`;
    unread.hidden = count === 0;
  }

  load();
  return { element: part.element, load };
}

/**
 * @param {Insight} insight
 * @param {() => void} open
 */
function createCard(insight, open) {
  const { amount, currency, chart } = insight;
  return element(
    'article',
    {
      class: 'insight',
      'data-insight': insight.id,
      'data-seen': insight.seen,
      'data-category': insight.category,
    },
    element(
      'div',
      { class: 'insight-words' },
      element(
        'p',
        { class: 'insight-meta' },
        element('span', { class: 'tag' }, categories[insight.category] ?? insight.category),
        element('span', {}, shortDay(insight.date)),
        element('span', { class: 'tag tag-new insight-new' }, 'New'),
      ),
      element('h4', {}, insight.title),
      amount !== undefined && element('p', { class: 'insight-amount' }, money(amount, currency)),
      element('p', { class: 'insight-text' }, insight.text),
      element(
        'button',
        { type: 'button', class: 'button', 'data-action': 'details', click: open },
        'See details',
        element('span', { class: 'visually-hidden' }, `: ${insight.title}`),
      ),
    ),
    chart && createChart(chart, currency),
  );
}
