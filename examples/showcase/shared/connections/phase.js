/**
 * The state of a connection for the customer, in one word.
 *
 * @typedef {'waiting' | 'running' | 'action' | 'success' | 'partial' | 'closed' | 'failed'} Phase
 */

/**
 * A required action comes first: the customer can do it while another channel still runs.
 *
 * @param {import('bankside').ConnectionState} connection
 * @returns {Phase}
 */
export function phaseOf({ action, syncing, status }) {
  if (action) return 'action';
  if (syncing) return 'running';
  if (status === 'NONE') return 'waiting';
  if (status === 'SUCCESS') return 'success';
  if (status === 'CLOSED') return 'closed';
  return status === 'PARTIAL_SUCCESS' ? 'partial' : 'failed';
}

/** @param {Phase} phase */
export function hasAccounts(phase) {
  return phase === 'success' || phase === 'partial';
}

/**
 * Whether its synchronisation has ended, however it has.
 *
 * @param {import('bankside').ConnectionState} connection
 */
export function isOver(connection) {
  return !connection.syncing && phaseOf(connection) !== 'waiting';
}

/**
 * What the message of a card is about: it stays as it is, with what was typed, until that is another thing.
 *
 * @param {import('bankside').ConnectionState} connection
 */
export function topicOf(connection) {
  const { action } = connection;
  return action ? `${action.type} ${action.channelDefinitionId} ${action.since}` : phaseOf(connection);
}

/** @type {Record<Phase, { tag: string, look: string, text: (bank: string) => string }>} */
export const phases = {
  waiting: {
    tag: 'About to begin',
    look: 'tag',
    text: (bank) => `${bank} has not begun yet.`,
  },
  running: {
    tag: 'Updating',
    look: 'tag tag-new',
    text: (bank) =>
      `We are reading your accounts at ${bank}. You may leave this page: it goes on without you.`,
  },
  action: {
    tag: 'Needs you',
    look: 'tag tag-pending',
    text: (bank) => `${bank} needs you.`,
  },
  success: {
    tag: 'Up to date',
    look: 'tag tag-good',
    text: (bank) => `Your accounts at ${bank} are up to date.`,
  },
  partial: {
    tag: 'Partly up to date',
    look: 'tag tag-pending',
    text: (bank) => `We could not read everything at ${bank}. What we have is shown; the rest will follow.`,
  },
  closed: {
    tag: 'Closed',
    look: 'tag',
    text: (bank) => `All your accounts at ${bank} are closed.`,
  },
  failed: {
    tag: 'Not updated',
    look: 'tag tag-bad',
    text: (bank) => `${bank} could not be read. Nothing is wrong with your accounts; please try again later.`,
  },
};
