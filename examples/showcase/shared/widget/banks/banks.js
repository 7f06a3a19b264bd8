import { element } from '../../dom/element.js';
import { Part } from '../part.js';
import { createFindBank } from './find-bank.js';
import { createLinkedBanks } from './linked-banks.js';

/**
 * Open Banking: the banks that are linked, and the way to link another.
 *
 * @param {import('../client.js').Client} client
 */
export function createBanks(client) {
  const part = new Part({ name: 'banks', title: 'Your other banks', empty: 'Linking banks is not offered.' });
  /** @type {ReturnType<typeof createLinkedBanks> | undefined} */
  let linked;
  const load = () => part.load((ok, fail) => client.ask('ob', 'getBankConfiguration', {}, ok, fail), draw);

  /** @param {Record<string, any>} configuration */
  function draw({ title, texts }) {
    if (title) part.title = title;
    linked = createLinkedBanks(client);
    const find = createFindBank(client, texts, linked.load);
    return element(
      'div',
      { class: 'banks' },
      texts.intro && element('p', { class: 'banks-intro' }, texts.intro),
      linked.element,
      find,
    );
  }

  load();
  return {
    element: part.element,
    load,
    linked: { load: () => linked?.load(), focus: () => linked?.focus() },
  };
}
