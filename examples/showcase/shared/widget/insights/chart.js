import { element } from '../../dom/element.js';
import { money } from '../format.js';

/**
 * Bars for a handful of values; the last one, which is the present, stands out.
 *
 * @param {{ labels: string[], values: number[] }} chart
 * @param {string} currency
 */
export function createChart({ labels, values }, currency) {
  const largest = Math.max(...values.map(Math.abs), 1);
  const words = labels.map((label, i) => `${label} ${money(values[i] ?? 0, currency)}`).join(', ');
  return element(
    'div',
    { class: 'chart', role: 'img', 'aria-label': `Bar chart: ${words}` },
    ...labels.map((label, i) => createBar(label, values[i] ?? 0, largest, currency)),
  );
}

/**
 * @param {string} label
 * @param {number} value
 * @param {number} largest
 * @param {string} currency
 */
function createBar(label, value, largest, currency) {
  const bar = element('span', { class: 'chart-bar' });
  bar.style.setProperty('--share', String(Math.abs(value) / largest));
  return element(
    'span',
    { class: 'chart-column' },
    element('span', { class: 'chart-value' }, money(Math.round(value), currency).replace(/\.00$/, '')),
    element('span', { class: 'chart-track' }, bar),
    element('span', { class: 'chart-label' }, label),
  );
}
