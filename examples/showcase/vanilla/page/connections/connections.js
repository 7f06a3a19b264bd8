import { announcementOf } from '../../../shared/connections/announcement.js';
import { linkAgain } from '../../../shared/connections/link-again.js';
import { createAnnouncer } from '../../../shared/dom/announcer.js';
import { byId } from '../../../shared/dom/element.js';
import { ConnectionCard } from './connection-card.js';
import { createOutage } from './outage.js';

/**
 * The banks that are being linked or updated, each as the poller knows it.
 *
 * @param {object} options
 * @param {import('bankside').QueuePoller} options.poller
 * @param {import('../../../shared/connections/cards.js').Cards} options.cards
 * @param {import('../../../shared/sandbox/stage.js').Stage | undefined} options.stage
 */
export function createConnections({ poller, cards, stage }) {
  const announce = createAnnouncer(byId('connections-status', HTMLElement));
  /** @type {Map<string, ConnectionCard>} */
  const shown = new Map();
  /** @type {object | undefined} */
  let focused;

  poller.on('connection', ({ connection, previous }) => {
    const words = announcementOf(connection, previous);
    if (words) announce(words, connection.id);
  });
  createOutage(poller, announce);
  cards.follow();
  cards.subscribe(show);
  poller.subscribe(show);
  byId('link-another', HTMLElement).addEventListener('click', linkAgain);
  byId('connections', HTMLElement).hidden = false;

  function show() {
    const { ids, stories, focus } = cards.getSnapshot();
    const queue = poller.getSnapshot();
    for (const [id, card] of shown) {
      if (ids.includes(id)) continue;
      card.element.remove();
      shown.delete(id);
    }
    for (const id of [...ids].reverse()) {
      const connection = queue.connections.get(id);
      if (connection) cardOf(id).show(connection, queue, stories[id]);
    }
    byId('connections-none', HTMLElement).hidden = ids.length > 0;
    if (focus && focus !== focused) shown.get(focus.id)?.focus();
    focused = focus;
  }

  /** @param {string} id */
  function cardOf(id) {
    const card = shown.get(id) ?? new ConnectionCard(id, { stage, close: () => cards.close(id) });
    if (!shown.has(id)) byId('connections-list', HTMLElement).prepend(card.element);
    shown.set(id, card);
    return card;
  }
}
