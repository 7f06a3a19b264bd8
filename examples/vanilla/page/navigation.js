import { byId } from '../../elsewhere-bank/dom/element.js';

/**
 * Goes to a part of the bank's page that the widget names.
 *
 * @param {string} target
 */
export function goTo(target) {
  if (target !== 'accounts') return;
  const accounts = byId('accounts', HTMLElement);
  accounts.scrollIntoView({ block: 'start' });
  accounts.focus({ preventScroll: true });
}
