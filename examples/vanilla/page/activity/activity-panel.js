import { watchBridge } from '../../../elsewhere-bank/activity/watch-bridge.js';
import { createAnnouncer } from '../../../elsewhere-bank/dom/announcer.js';
import { byId } from '../../../elsewhere-bank/dom/element.js';
import { ActivityLog } from './activity-log.js';

/** “What the bridge is doing”, beside the bank's own page. */
export function createActivityPanel() {
  const filters = byId('activity-filters', HTMLElement);
  const announce = createAnnouncer(byId('activity-status', HTMLElement));
  const log = new ActivityLog({
    list: byId('activity', HTMLElement),
    none: byId('activity-none', HTMLElement),
  });

  filters.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element && target.closest('button');
    if (!pressed) return;
    for (const button of filters.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button === pressed));
    }
    log.show(pressed.dataset.server ?? 'all');
  });
  byId('activity-clear', HTMLElement).addEventListener('click', () => log.clear());

  return {
    /** @param {import('bankside').WidgetBridge} bridge */
    watch: (bridge) => watchBridge(bridge, log, announce),

    /**
     * @param {string} requestId
     * @param {string} step
     */
    addStep: (requestId, step) => log.find(requestId)?.addStep(step),
  };
}
