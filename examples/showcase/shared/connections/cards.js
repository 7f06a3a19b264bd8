import { noStory, withEvent, withLookUp } from './story.js';
import { Watched } from './watched.js';

/**
 * @typedef {import('bankside').ConnectionState} ConnectionState
 * @typedef {import('./story.js').Story} Story
 *
 * @typedef {object} CardsSnapshot
 * @property {readonly string[]} ids of the connections that are shown, newest first
 * @property {Readonly<Record<string, Story>>} stories
 * @property {{ readonly id: string } | undefined} focus another object each time that a card is to have the focus
 */

/**
 * The banks that are being linked or updated. A connection that neither synchronises nor needs the customer is shown if it is
 * watched.
 */
export class Cards {
  #poller;
  #watched = new Watched();
  /** @type {CardsSnapshot} */
  #snapshot = { ids: [], stories: {}, focus: undefined };
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {import('bankside').QueuePoller} poller */
  constructor(poller) {
    this.#poller = poller;
  }

  getSnapshot = () => this.#snapshot;

  /** @param {() => void} listener */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Listens to the poller. @returns {() => void} ends that */
  follow() {
    const unsubscribes = [
      this.#poller.on('*', (event) => {
        const { id } = /** @type {{ id?: unknown }} */ (event['resource'] ?? {});
        this.#extend(String(id), (story, connection) => withEvent(story, event, connection));
      }),
      this.#poller.on('channel', ({ connectionId, channelDefinitionId, status, source }) => {
        if (source !== 'reconcile' || status === 'UNKNOWN') return;
        this.#extend(connectionId, (story) => withLookUp(story, channelDefinitionId, status));
      }),
      this.#poller.on('connection', ({ connection }) => void this.#show(connection.id)),
    ];
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  }

  /**
   * Shows a connection from now on; resolves once it is shown.
   *
   * @param {string} id
   */
  watch = async (id) => {
    this.#watched.add(id);
    await whenKnown(this.#poller, id);
    this.#show(id);
    this.#change({ focus: { id } });
  };

  /** @param {string} id */
  close(id) {
    this.#watched.delete(id);
    const { [id]: _closed, ...stories } = this.#snapshot.stories;
    this.#change({ ids: this.#snapshot.ids.filter((one) => one !== id), stories });
    document.getElementById('connections')?.focus({ preventScroll: true });
  }

  /**
   * @param {string} id
   * @returns {ConnectionState | undefined}
   */
  #show(id) {
    const connection = this.#poller.connections.get(id);
    if (!connection || !(this.#watched.has(id) || connection.syncing || connection.action)) return undefined;
    this.#watched.add(id);
    const { ids } = this.#snapshot;
    if (!ids.includes(id)) this.#change({ ids: [id, ...ids] });
    return connection;
  }

  /**
   * @param {string} id
   * @param {(story: Story, connection: ConnectionState) => Story} next
   */
  #extend(id, next) {
    const connection = this.#show(id);
    if (!connection) return;
    const { stories } = this.#snapshot;
    this.#change({ stories: { ...stories, [id]: next(stories[id] ?? noStory, connection) } });
  }

  /** @param {Partial<CardsSnapshot>} changes */
  #change(changes) {
    this.#snapshot = { ...this.#snapshot, ...changes };
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Tracks a connection until the poller has read it.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {string} id
 * @returns {Promise<void>}
 */
function whenKnown(poller, id) {
  poller.track(id);
  return new Promise((resolve) => {
    if (poller.connections.has(id)) return resolve();
    const off = poller.subscribe(() => {
      if (!poller.connections.has(id)) return;
      off();
      resolve();
    });
  });
}
