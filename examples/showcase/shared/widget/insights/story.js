import { element } from '../../dom/element.js';
import { Part } from '../part.js';
import { createChart } from './chart.js';
import { createStars } from './stars.js';

/**
 * The story behind an insight.
 *
 * @param {import('../client.js').Client} client
 * @param {string} insightId
 * @param {() => void} onRead
 */
export function createStory(client, insightId, onRead) {
  const part = new Part({
    name: 'insight-story',
    title: 'The story behind it',
    empty: 'There is nothing more to tell.',
    level: 'h4',
  });

  /** @param {Record<string, any>} reply */
  function draw(reply) {
    onRead();
    if (reply.insight?.title) part.title = reply.insight.title;
    const pages = drawPages(reply);
    if (pages.length === 0) return undefined;
    const { chart, currency } = reply.insight ?? {};
    const stars = createStars(client, insightId);
    return element('div', { class: 'story' }, chart && createChart(chart, currency), ...pages, stars);
  }

  part.load((ok, fail) => client.ask('pserver', 'getInsightDetails', { insightId }, ok, fail), draw);
  return part.element;
}

/**
 * Each dialog's first text is its heading; the words are found by the dialog and the key.
 *
 * @param {Record<string, any>} reply
 */
function drawPages({ story, text }) {
  return story.dialogs.map((/** @type {Record<string, any>} */ { id, blocks }) => {
    const texts = blocks.filter((/** @type {{ type: string }} */ { type }) => type === 'txt');
    const words = texts.map((/** @type {{ txt: string }} */ { txt }) => text[id]?.en?.[txt] ?? '-');
    return element(
      'div',
      { class: 'story-step' },
      ...words.map((/** @type {string} */ line, /** @type {number} */ index) =>
        element(index === 0 ? 'h5' : 'p', {}, line),
      ),
    );
  });
}
