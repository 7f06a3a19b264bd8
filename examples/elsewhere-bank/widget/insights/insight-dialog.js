import { element } from '../../dom/element.js';
import { icon } from '../icon.js';
import { openModal } from '../modal.js';
import { Part } from '../part.js';
import { createChart } from './chart.js';

/**
 * The story behind an insight.
 *
 * @param {import('../client.js').Client} client
 * @param {import('./insights.js').Insight} insight
 * @param {() => void} onRead
 */
export function openInsight(client, insight, onRead) {
  const part = new Part({
    name: 'insight-story',
    title: 'The story behind it',
    empty: 'There is nothing more to tell.',
    level: 'h4',
  });
  const close = element(
    'button',
    { type: 'button', class: 'button-round modal-close', 'aria-label': 'Close', click: () => dialog.close() },
    icon('close'),
  );
  const dialog = openModal({ name: 'insight', title: insight.title }, close, part.element);

  part.load(
    () => client.request('pserver', 'getInsightDetails', { insightId: insight.id }),
    (reply) => {
      onRead();
      return drawStory(reply);
    },
  );
}

/** @param {Record<string, any>} reply */
function drawStory({ insight, story }) {
  if (story.length === 0) return undefined;
  return element(
    'div',
    { class: 'story' },
    insight.chart && createChart(insight.chart, insight.currency),
    ...story.map((/** @type {{ title: string, text: string }} */ { title, text }) =>
      element('div', { class: 'story-step' }, element('h5', {}, title), element('p', {}, text)),
    ),
  );
}
