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
