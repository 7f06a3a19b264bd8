/** @type {Record<string, string>} */
const words = {
  RUNNING: 'Under way',
  SUCCESS: 'Finished',
  PARTIAL_SUCCESS: 'Partly read',
  CLOSED: 'Closed',
  EMPTY: 'No accounts',
  UNKNOWN: 'Not begun',
  SYNC_ALL_STARTED: 'Begun',
  LOGIN_SUCCEEDED: 'Signed in',
  TRANSACTIONS_READ: 'Payments read',
  CHALLENGE_REQUIRED: 'Code asked for',
  CHALLENGE_ANSWERED: 'Code accepted',
  AUTH_FAILED: 'Sign-in refused',
  TOKEN_EXPIRED: 'Consent expired',
  PASSWORD_CHANGE_REQUIRED: 'New password wanted',
  USER_ACTION_REQUIRED: 'Your confirmation wanted',
  SYNC_ALL_SUCCESS: 'Finished',
};

/**
 * What an event, or a status, is called on this page. The servers' list is open: one that nobody knows yet is shown under
 * its own name.
 *
 * @param {string} name
 */
export function wordsOf(name) {
  const own = name.charAt(0) + name.slice(1).toLowerCase().replaceAll('_', ' ');
  return words[name] ?? own;
}

/** @type {Record<import('bankside').ChannelKind, { title: string, note: string }>} */
export const channelWords = {
  EMBEDDED: { title: 'Read with your sign-in', note: 'Scraping' },
  REDIRECT: { title: 'Sent with your consent', note: 'PSD2' },
};

/** @param {{ readonly name?: string | undefined }} connection */
export function nameOf({ name }) {
  return name ?? 'Your bank';
}
