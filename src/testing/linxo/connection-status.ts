/** The statuses of a channel that has ended without a need for the user, the most important first. */
const ENDED = ['PARTIAL_SUCCESS', 'SUCCESS', 'CLOSED'];

/**
 * The status of a connection, by the vendor's rules. One running channel makes it `RUNNING`; else one that needs the user
 * makes it `FAILED`, and so does one whose status no document names. `EMPTY` channels take no part, and `CLOSED` ones only if
 * all others are closed too. `NONE` if no channel takes part.
 */
export function connectionStatusOf(channels: readonly string[]): string {
  const statuses = channels.filter((status) => status !== 'EMPTY');
  if (statuses.includes('RUNNING')) return 'RUNNING';
  if (statuses.some((status) => !ENDED.includes(status))) return 'FAILED';
  return ENDED.find((status) => statuses.includes(status)) ?? 'NONE';
}
