import { TIMEOUT } from '../config.js';
import { createAnnouncer } from '../dom/announcer.js';
import { element } from '../dom/element.js';
import { watchBridge } from './watch-bridge.js';

const servers = ['all', 'pserver', 'enrich', 'ob'];

/**
 * “What the bridge is doing”.
 *
 * @param {import('./activity-log.js').ActivityLog} log
 */
export function createActivityPanel(log) {
  const status = element('p', { class: 'visually-hidden', role: 'status', id: 'activity-status' });
  const filters = servers.map((server) => {
    const click = () => filter(server);
    const name = server === 'all' ? 'All' : server;
    return element('button', { type: 'button', 'data-server': server, click }, name);
  });
  filter('all');

  /** @param {string} server */
  function filter(server) {
    for (const button of filters) button.ariaPressed = String(button.dataset.server === server);
    log.show(server);
  }

  const panel = element(
    'section',
    { class: 'panel-box', 'aria-labelledby': 'activity-title' },
    element(
      'div',
      { class: 'panel-box-head' },
      element('h3', { id: 'activity-title' }, 'What the bridge is doing'),
      element(
        'button',
        { type: 'button', class: 'button-quiet', id: 'activity-clear', click: () => log.clear() },
        'Clear',
      ),
    ),
    element(
      'div',
      { class: 'filters', role: 'group', 'aria-label': 'Show requests of', id: 'activity-filters' },
      ...filters,
    ),
    log.element,
    element(
      'p',
      { class: 'panel-note' },
      'Requests time out after ',
      element('strong', {}, `${TIMEOUT / 1_000} seconds`),
      ' here; the default is 30.',
    ),
    status,
  );
  const announce = createAnnouncer(status);
  return {
    element: panel,
    /** @param {import('bankside').WidgetBridge} bridge */
    watch: (bridge) => watchBridge(bridge, log, announce),
  };
}
