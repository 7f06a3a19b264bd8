import { byId } from '../../elsewhere-bank/dom/element.js';

/** Shows the inspector on demand: nobody loads it who does not ask for it. */
export function createInspectorRoom() {
  const button = byId('inspector-toggle', HTMLButtonElement);
  const room = byId('inspector', HTMLElement);
  /** @type {import('bankside').WidgetBridge | undefined} */
  let bridge;
  /** @type {import('bankside/inspector').BanksideInspector | undefined} */
  let inspector;

  button.addEventListener('click', async () => {
    const { defineInspector } = await import('bankside/inspector');
    defineInspector();
    inspector ??= document.createElement('bankside-inspector');
    const isShown = !inspector.isConnected;
    inspector.observe(bridge);
    if (isShown) {
      room.append(inspector);
      inspector.scrollIntoView({ block: 'nearest' }); // the button may be at the bottom of the window
    } else {
      inspector.remove();
    }
    button.setAttribute('aria-expanded', `${isShown}`);
    button.textContent = isShown ? 'Hide the inspector' : 'Show the inspector';
  });

  return {
    /** @param {import('bankside').WidgetBridge} current */
    watch(current) {
      bridge = current;
      inspector?.observe(bridge);
    },
  };
}
