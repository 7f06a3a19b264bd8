import { byId } from '../../elsewhere-bank/dom/element.js';

/** Commands after which there may be another number of new insights. */
const changesNumber = new Set(['getInsightDetails', 'generateInsights']);

/** The number of new insights in the bank's header, which the page asks for itself. */
export function createUnreadBadge() {
  const badge = byId('unread', HTMLElement);

  /** @param {unknown} reply */
  function show(reply) {
    const { unread } = /** @type {{ unread?: unknown }} */ (reply ?? {});
    if (typeof unread !== 'number') return;
    badge.hidden = unread === 0;
    byId('unread-count', HTMLElement).textContent = String(unread);
  }

  return {
    /** @param {import('bankside').WidgetBridge} bridge */
    follow(bridge) {
      const ask = () => bridge.send('pserver', { type: 'getNumberOfInsights' }).catch(() => {});
      bridge.on('reply', ({ request, response }) => {
        if (request.type === 'getNumberOfInsights') show(response);
        else if (changesNumber.has(request.type ?? '')) ask();
      });
      ask();
    },
  };
}
