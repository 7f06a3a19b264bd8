/** How a synchronisation may go, by the sandbox's own names. */
export const scenarios = {
  success: 'All goes well',
  'sms-challenge': 'A code is asked for',
  'credentials-refused': 'The sign-in is refused',
  'consent-expired': 'The consent has expired',
  'password-change': 'A new password is wanted',
  'user-action': 'Something is to be confirmed',
  'partial-success': 'Not everything can be read',
  'one-channel-ahead': 'One channel is far ahead',
  'one-channel-empty': 'One channel has no accounts',
  'one-channel-closed': 'One channel is closed',
  'documents-example': 'As in the documents’ example',
  random: 'At random',
};

/** How fast, as a factor. */
export const speeds = {
  1: 'about half a minute, as in life',
  3: 'three times as fast',
  10: 'ten times as fast',
  30: 'over in a second',
};

/** Where the choice outlives a visit to another bank. */
const KEY = 'elsewhere.next';

/**
 * How the next synchronisation is to go.
 *
 * @returns {import('./other-banks.js').Play}
 */
export function nextPlay() {
  return { scenario: 'success', speed: 3, ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
}

/** @param {Partial<import('./other-banks.js').Play>} choice */
export function choosePlay(choice) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...nextPlay(), ...choice }));
}
