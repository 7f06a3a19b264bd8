import { element } from '../../elsewhere-bank/dom/element.js';

/**
 * @param {string} label
 * @param {string} name
 * @param {() => void} click
 */
export function createFaultButton(label, name, click) {
  return element('button', { type: 'button', class: 'fault-button', 'data-fault': name, click }, label);
}
