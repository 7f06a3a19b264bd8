import { element } from '../dom/element.js';

/**
 * Shows the inspector on demand: a page loads it when somebody asks for it.
 *
 * @param {HTMLElement} section
 * @param {() => Promise<typeof import('bankside/inspector')>} load
 */
export function createInspectorRoom(section, load) {
  const button = element(
    'button',
    { type: 'button', class: 'button', id: 'inspector-toggle', 'aria-expanded': false, click: toggle },
    'Show the inspector',
  );
  const room = element('div', { id: 'inspector' });
  /** @type {import('bankside').WidgetBridge | undefined} */
  let bridge;
  /** @type {import('bankside').QueuePoller | undefined} */
  let poller;
  /** @type {import('bankside/inspector').BanksideInspector | undefined} */
  let inspector;

  async function toggle() {
    const { defineInspector } = await load();
    defineInspector();
    inspector ??= document.createElement('bankside-inspector');
    const isShown = !inspector.isConnected;
    inspector.observe(bridge, poller);
    if (isShown) {
      room.append(inspector);
      inspector.scrollIntoView({ block: 'nearest' }); // the button may be at the bottom of the window
    } else {
      inspector.remove();
    }
    button.ariaExpanded = String(isShown);
    button.textContent = isShown ? 'Hide the inspector' : 'Show the inspector';
  }

  section.replaceChildren(
    element(
      'div',
      { class: 'inspector-head' },
      element(
        'div',
        {},
        element('h2', { id: 'inspector-title' }, 'The inspector'),
        element(
          'p',
          {},
          'Requests, the queue and the banks’ channels as a picture: loaded when you ask for it, and not before.',
        ),
      ),
      button,
    ),
    room,
  );

  return {
    /**
     * @param {import('bankside').WidgetBridge} currentBridge
     * @param {import('bankside').QueuePoller} [currentPoller]
     */
    watch(currentBridge, currentPoller) {
      bridge = currentBridge;
      poller = currentPoller;
      inspector?.observe(bridge, poller);
    },
  };
}
