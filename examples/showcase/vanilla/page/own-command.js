import { byId, element } from '../../shared/dom/element.js';

/** @type {Record<string, string[]>} */
const known = {
  pserver: ['getNumberOfInsights', 'getInsights', 'getInboxInsights', 'generateInsights'],
  enrich: ['getUserSubscriptions'],
  ob: ['getAccounts', 'refreshTime', 'getBankConfiguration'],
};

/**
 * A form for commands of the page's own.
 *
 * @param {(server: import('bankside').ServerName, command: object) => Promise<unknown>} sendCommand
 */
export function createOwnCommand(sendCommand) {
  const form = byId('own-command', HTMLFormElement);
  const server = byId('own-server', HTMLSelectElement);
  const type = byId('own-type', HTMLInputElement);
  const answer = byId('own-answer', HTMLOutputElement);

  function offer() {
    const types = known[server.value] ?? [];
    byId('own-types', HTMLDataListElement).replaceChildren(
      ...types.map((name) => element('option', { value: name })),
    );
    if (!types.includes(type.value)) type.value = types[0] ?? '';
  }

  async function send() {
    const name = /** @type {import('bankside').ServerName} */ (server.value);
    show('pending', 'Waiting for the answer…');
    try {
      const reply = await sendCommand(name, { type: type.value.trim() });
      show('ready', JSON.stringify(reply, null, 2));
    } catch (error) {
      show('error', error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * @param {string} state
   * @param {string} text
   */
  function show(state, text) {
    answer.hidden = false;
    answer.dataset.state = state;
    answer.textContent = text;
  }

  server.addEventListener('change', offer);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  offer();
}
