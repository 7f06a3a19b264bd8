import { ask } from './other-banks.js';

/**
 * Makes the sandbox misbehave, as its README says.
 *
 * @param {object} fault
 */
export function setFault(fault) {
  return ask('POST', '/sandbox/faults', fault);
}

/** What has not happened yet, does not happen any more. */
export function forgetFaults() {
  return ask('DELETE', '/sandbox/faults');
}
