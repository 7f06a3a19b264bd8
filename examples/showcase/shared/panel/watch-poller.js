import { errorName } from './watch-bridge.js';

/** @typedef {{ log: import('./activity-log.js').ActivityLog, announce: (message: string) => void, show: (name: 'polls' | 'events' | 'gaps' | 'failures', words: string) => void }} PollerView */

/**
 * Writes down what a poller does. Polls that bring nothing are counted alone: there are many.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {PollerView} view `announce`: for what went wrong; all the rest would be chatter
 * @returns {() => void} ends it
 */
export function watchPoller(poller, { log, announce, show }) {
  const counts = { polls: 0, events: 0, gaps: 0, failures: 0 };

  /**
   * @param {keyof typeof counts} name
   * @param {number} [more]
   * @param {string} [detail]
   */
  function count(name, more = 1, detail) {
    counts[name] += more;
    show(name, detail ? `${counts[name]} (${detail})` : String(counts[name]));
  }

  /** @type {(() => void)[]} */
  const offs = [];
  /** @type {typeof poller.on} */
  const on = (type, handler) => {
    const off = poller.on(type, handler);
    offs.push(off);
    return off;
  };

  on('poll', ({ events, duration }) => {
    count('polls', 1, `the last in ${Math.round(duration)} ms`);
    count('events', events);
  });
  on('*', ({ event_type, channel_definition_id }) =>
    log.addNote(event_type, channel_definition_id ?? undefined),
  );
  on('subscribed', ({ queueId }) => log.addNote('subscribed', queueId));
  on('resumed', ({ queueId }) => log.addNote('resumed', queueId));
  on('expired', ({ queueId }) => log.addNote('expired', queueId));
  on('reconciled', ({ connectionIds }) => log.addNote('reconciled', connectionIds.join(', ')));
  on('status', ({ status, previous }) => log.addNote('status', `${previous} → ${status}`));
  on('gap', ({ reason }) => {
    count('gaps', 1, `the last: ${reason}`);
    log.addNote('gap', reason);
    announce(`Events may have been lost: ${reason}.`);
  });
  on('failure', ({ error, retryIn }) => {
    const name = errorName(error);
    const next = retryIn === undefined ? '' : `, again in ${(retryIn / 1_000).toFixed(1)} s`;
    count('failures', 1, `the last: ${name}`);
    log.addNote('failure', name + next);
    announce(`The queue failed: ${name}.`);
  });
  return () => {
    for (const off of offs) off();
  };
}
