/**
 * When a bank has been linked in the widget, its connection may begin at any moment.
 *
 * @param {import('bankside').WidgetBridge} bridge
 * @param {import('bankside').QueuePoller} poller
 * @param {import('../sandbox/stage.js').Stage | undefined} stage
 * @returns {() => void} ends it
 */
export function followLinks(bridge, poller, stage) {
  return bridge.on('widgetEvent', ({ params }) => {
    const { eventType, data } = /** @type {Record<string, any>} */ (params ?? {});
    if (eventType !== 'bankLinked') return;
    stage?.link({ id: String(data?.institutionId), name: String(data?.name) });
    poller.nudge();
    if (!stage) document.getElementById('connections')?.focus();
  });
}
