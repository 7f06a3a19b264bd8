import { phaseOf, phases } from '../../../elsewhere-bank/connections/phase.js';
import { prompts } from '../../../elsewhere-bank/connections/prompts.js';
import { Watched } from '../../../elsewhere-bank/connections/watched.js';
import { nameOf } from '../../../elsewhere-bank/connections/words.js';
import { createAnnouncer } from '../../../elsewhere-bank/dom/announcer.js';
import { byId } from '../../../elsewhere-bank/dom/element.js';
import { ConnectionCard } from './connection-card.js';

/**
 * The banks that are being linked or updated, each as the poller knows it. Nothing is remembered beside: whatever the
 * poller has been through, what is shown is what it says now.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {Omit<import('./connection-card.js').CardActions, 'close'>} actions
 */
export function createConnections(poller, actions) {
  const list = byId('connections-list', HTMLElement);
  const none = byId('connections-none', HTMLElement);
  const announce = createAnnouncer(byId('connections-status', HTMLElement));
  const watched = new Watched();
  /** @type {Map<string, ConnectionCard>} */
  const cards = new Map();

  poller.on('*', (event) => {
    const { resource } = /** @type {import('bankside').QueueEvent<string, { id?: unknown }>} */ (event);
    cardOf(String(resource?.id))?.tell(event);
  });
  poller.on('channel', ({ connectionId, channelDefinitionId, status, source }) => {
    const card = cardOf(connectionId);
    if (source === 'reconcile' && status !== 'UNKNOWN') card?.tellLookedUp(channelDefinitionId, status);
  });
  poller.on('connection', ({ connection, previous }) => {
    if (cardOf(connection.id)) announceChange(connection, previous);
  });

  /**
   * As the connection is now. One that neither does anything nor needs anybody is shown where the customer watches it.
   *
   * @param {string} id
   */
  function cardOf(id) {
    const connection = poller.connections.get(id);
    if (!connection) return undefined;
    const isOfInterest = watched.has(id) || connection.syncing || connection.action;
    const card = cards.get(id) ?? (isOfInterest ? addCard(id) : undefined);
    card?.show(connection);
    return card;
  }

  /** @param {string} id */
  function addCard(id) {
    const card = new ConnectionCard(id, { ...actions, close });
    watched.add(id);
    cards.set(id, card);
    list.prepend(card.element);
    none.hidden = true;
    return card;
  }

  /** @param {string} id */
  function close(id) {
    watched.delete(id);
    cards.get(id)?.element.remove();
    cards.delete(id);
    none.hidden = cards.size > 0;
    byId('connections', HTMLElement).focus({ preventScroll: true });
  }

  /**
   * The beginning, the end, and what the customer owes. What is read in between is to be seen, and would be chatter.
   *
   * @param {import('bankside').ConnectionState} connection
   * @param {import('bankside').ConnectionState | undefined} previous
   */
  function announceChange(connection, previous) {
    const phase = phaseOf(connection);
    const bank = nameOf(connection);
    const { action, id } = connection;
    if (action && action.type !== previous?.action?.type)
      announce(`${prompts[action.type].title(bank)}.`, id);
    else if (!previous || phase === phaseOf(previous) || phase === 'waiting') return;
    else if (phase === 'running') announce(`${bank} is being updated.`, id);
    else announce(phases[phase].text(bank), id);
  }

  return {
    /**
     * Shows this connection from now on, and at once.
     *
     * @param {string} id
     */
    async watch(id) {
      watched.add(id);
      poller.track(id);
      cardOf(id);
      await cardShown(id);
      cards.get(id)?.focus();
    },
  };

  /**
   * Until the first look at the connection has come.
   *
   * @param {string} id
   * @returns {Promise<void>}
   */
  function cardShown(id) {
    return new Promise((resolve) => {
      if (cards.has(id)) return resolve();
      const off = poller.on('connection', () => {
        if (!cards.has(id)) return;
        off();
        resolve();
      });
    });
  }
}
