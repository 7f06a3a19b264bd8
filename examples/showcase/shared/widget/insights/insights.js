import { element } from '../../dom/element.js';
import { money, shortDay } from '../format.js';
import { Part } from '../part.js';
import { Carousel } from './carousel.js';
import { createChart } from './chart.js';

/**
 * @typedef {object} Insight
 * @property {string} id
 * @property {string} insightId of its type
 * @property {'spending' | 'saving' | 'cashflow' | 'subscriptions'} category
 * @property {string} title
 * @property {string} text
 * @property {number} [amount]
 * @property {string} currency
 * @property {string} date
 * @property {'new' | 'unread' | 'read'} status
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

  /** @type {Insight[]} */
  let shown = [];
  const load = () =>
    part.load((ok, fail) => {
      client.ask('pserver', 'getInsights', {}, ok, (error) => {
        fail(error);
        client.report('errorOccured', String(error));
      });
    }, draw);

  /** @param {Record<string, any>} reply */
  function draw(reply) {
    shown = reply.insights ?? [];
    countUnread();
    client.report('carouselWidgetStarted', String(shown.length));
    if (shown.length === 0) {
      client.report('errorOccured', 'There are no insights.'); // the shipped build takes this for an error, too
      return undefined;
    }
    client.report('Presented', '1');
    const carousel = new Carousel(
      'Insights',
      shown.map((insight) => ({
        title: insight.title,
        content: createCard(insight, (clicked) => tellClick(insight, clicked)),
      })),
    );
    return carousel.element;
  }

  /**
   * The page opens the story: the widget only says what was clicked.
   *
   * @param {Insight} insight
   * @param {EventTarget | null} clickedTeaser
   */
  function tellClick({ id, insightId }, clickedTeaser) {
    const names = { insightId: id, instanceId: insightId, teaserId: id };
    client.tell({ ...names, eventType: 'teaserClick', clickedTeaser, value: '1' });
    client.report('teaserClick', '1');
  }

  /** @param {string} insightId */
  function markRead(insightId) {
    const insight = shown.find(({ id }) => id === insightId);
    if (!insight) return;
    insight.status = 'read';
    part.element
      .querySelector(`[data-insight="${CSS.escape(insightId)}"]`)
      ?.setAttribute('data-status', 'read');
    countUnread();
  }

  function countUnread() {
    const count = shown.filter(({ status }) => status !== 'read').length;
    unread.textContent = count === 0 ? '' : `${count} new`;
    unread.hidden = count === 0;
  }

  load();
  return { element: part.element, load, markRead };
}

/**
 * @param {Insight} insight
 * @param {(clicked: EventTarget | null) => void} open
 */
function createCard(insight, open) {
  const { amount, currency, chart } = insight;
  const click = (/** @type {MouseEvent} */ { currentTarget }) => open(currentTarget);
  return element(
    'article',
    {
      class: 'insight',
      'data-insight': insight.id,
      'data-status': insight.status,
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
        { type: 'button', class: 'button', 'data-action': 'details', click },
        'See details',
        element('span', { class: 'visually-hidden' }, `: ${insight.title}`),
      ),
    ),
    chart && createChart(chart, currency),
  );
}
