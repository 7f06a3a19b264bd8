/**
 * Makes the sandbox misbehave, as its README says.
 *
 * @param {object} fault
 * @returns {Promise<boolean>} whether it has been taken
 */
export async function setFault(fault) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/sandbox/faults', { method: 'POST', headers, body: JSON.stringify(fault) });
  return response.ok;
}

/** What has not happened yet, does not happen any more. */
export async function forgetFaults() {
  await fetch('/sandbox/faults', { method: 'DELETE' });
}
