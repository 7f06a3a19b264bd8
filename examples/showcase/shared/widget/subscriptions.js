import { element } from '../dom/element.js';
import { counted, money, shortDay } from './format.js';
import { Part } from './part.js';

const SHOWN_AT_FIRST = 7;

/**
 * @typedef {object} Subscription
 * @property {string} id
 * @property {string} name
 * @property {number} amount
 * @property {string} currency
 * @property {'monthly' | 'yearly'} cadence
 * @property {string} nextPayment
 * @property {string} category
 */

/** @param {import('./client.js').Client} client */
export function createSubscriptions(client) {
  const part = new Part({
    name: 'subscriptions',
    title: 'Subscriptions',
    empty: 'We found no regular payments.',
  });
  const load = () =>
    part.load((ok, fail) => client.ask('enrich', 'getUserSubscriptions', {}, ok, fail), draw);
  load();
  return { element: part.element, load };
}

/** @param {Record<string, any>} reply */
function draw(reply) {
  /** @type {Subscription[]} */
  const subscriptions = reply.subscriptions;
  const sorted = [...subscriptions].sort((a, b) => a.nextPayment.localeCompare(b.nextPayment));
  const [first] = sorted;
  if (!first) return undefined;
  const rows = sorted.map(createRow);
  return element(
    'div',
    { class: 'subscriptions' },
    createTotal(sorted, first.currency),
    element('ul', { class: 'rows', role: 'list' }, ...rows),
    rows.length > SHOWN_AT_FIRST && createMore(rows),
  );
}

/**
 * @param {Subscription[]} subscriptions
 * @param {string} currency
 */
function createTotal(subscriptions, currency) {
  const monthly = subscriptions.reduce(
    (sum, { amount, cadence }) => sum + (cadence === 'yearly' ? amount / 12 : amount),
    0,
  );
  return element(
    'p',
    { class: 'total' },
    element('span', { class: 'total-sum' }, money(monthly, currency)),
    element(
      'span',
      { class: 'total-words' },
      `a month, for ${counted(subscriptions.length, 'subscription')}`,
    ),
  );
}

/** @param {Subscription} subscription */
function createRow({ name, amount, currency, cadence, nextPayment, category }) {
  return element(
    'li',
    { class: 'row' },
    element(
      'span',
      { class: 'row-words' },
      element('span', { class: 'row-title' }, name),
      element('span', { class: 'row-note' }, `${category} · next on ${shortDay(nextPayment)}`),
    ),
    element(
      'span',
      { class: 'row-sum' },
      money(amount, currency),
      element('span', { class: 'row-note' }, cadence === 'yearly' ? 'a year' : 'a month'),
    ),
  );
}

/** @param {HTMLElement[]} rows */
function createMore(rows) {
  const button = element('button', { type: 'button', class: 'button-quiet', click: toggle });
  let all = true;

  function toggle() {
    all = !all;
    rows.slice(SHOWN_AT_FIRST).forEach((row) => {
      row.hidden = !all;
    });
    button.setAttribute('aria-expanded', String(all));
    button.textContent = all ? 'Show fewer' : `Show all ${rows.length}`;
  }

  toggle();
  return button;
}
