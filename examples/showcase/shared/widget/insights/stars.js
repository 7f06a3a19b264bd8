import { element } from '../../dom/element.js';

const MOST = 5;

/**
 * How much the customer likes an insight, as the server knows it. Where it can't say, there are no stars yet, and they may be given.
 *
 * @param {import('../client.js').Client} client
 * @param {string} insightId
 */
export function createStars(client, insightId) {
  const status = element('p', { class: 'stars-status', role: 'status' });
  const stars = Array.from({ length: MOST }, (_, index) => createStar(index + 1));
  const group = element(
    'fieldset',
    { class: 'stars', 'data-state': 'loading', change },
    element('legend', {}, 'Was this useful?'),
    element('div', { class: 'stars-row' }, ...stars.map(({ label }) => label)),
    status,
  );
  /** The server's own name for what is rated. */
  let id = insightId;

  /** @param {Event} event */
  function change({ target }) {
    const rating = Number(/** @type {HTMLInputElement} */ (target).value);
    const say = (/** @type {string} */ words) => {
      status.textContent = words;
    };
    client.ask(
      'pserver',
      'updateInsightRating',
      { id, rating },
      () => say('Thank you.'),
      () => say('Your rating did not arrive. Please try again.'),
    );
  }

  /** @param {{ id?: string, rating?: number | string }} reply */
  function show({ id: named, rating }) {
    id = named ?? id;
    const star = stars[Number(rating) - 1];
    if (star) star.input.checked = true;
    group.dataset.state = 'ready';
  }

  client.ask('pserver', 'getInsightRating', { id }, show, () => show({}));
  return group;
}

/** @param {number} value */
function createStar(value) {
  const input = element('input', { type: 'radio', name: 'rating', value: String(value) });
  const label = element(
    'label',
    { class: 'star' },
    input,
    element('span', { class: 'star-on', 'aria-hidden': true }, '★'),
    element('span', { class: 'star-off', 'aria-hidden': true }, '☆'),
    element('span', { class: 'visually-hidden' }, value === 1 ? '1 star' : `${value} stars`),
  );
  return { input, label };
}
