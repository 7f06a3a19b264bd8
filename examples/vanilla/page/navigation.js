import { byId } from '../../elsewhere-bank/dom/element.js';

/**
 * Follows the widget when it wants the bank to show something of its own.
 *
 * @param {import('bankside').WidgetBridge} bridge
 */
export function followNavigation(bridge) {
  bridge.on('navigateToPage', ({ data }) => {
    const { page } = /** @type {{ page?: unknown }} */ (data ?? {});
    if (page !== 'accounts') return;
    const accounts = byId('accounts', HTMLElement);
    accounts.scrollIntoView({ block: 'start' });
    accounts.focus({ preventScroll: true });
  });
}
