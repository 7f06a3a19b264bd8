/** Commands after which there may be another number of new insights. */
const changesNumber = new Set(['getInsightDetails', 'generateInsights']);

/**
 * Asks for the number of new insights, and again when it may have changed.
 *
 * @param {import('bankside').WidgetBridge} bridge
 * @param {(unread: number) => void} show
 * @returns {() => void} ends it
 */
export function followUnread(bridge, show) {
  const ask = () => bridge.send('pserver', { type: 'getNumberOfInsights' }).catch(() => {});
  const stop = bridge.on('reply', ({ request, response }) => {
    const { unread } = /** @type {{ unread?: unknown }} */ (response ?? {});
    if (request.type === 'getNumberOfInsights') show(Number(unread ?? 0));
    else if (changesNumber.has(request.type ?? '')) ask();
  });
  ask();
  return stop;
}
