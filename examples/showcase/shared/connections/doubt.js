/**
 * Whether what is shown of a connection may be out of date: events may be lost, or cannot be read at the moment.
 *
 * @param {import('bankside').ConnectionState} connection
 * @param {Pick<import('bankside').QueueSnapshot, 'failure'>} queue
 */
export function mayBeOld({ isDoubtful }, { failure }) {
  return isDoubtful || failure !== undefined;
}

/**
 * The words for a connection whose state may be out of date. They are always in the card, so that nothing moves when they show. The
 * styles show them when the doubt has lasted for a second.
 *
 * @param {Pick<import('bankside').ConnectionState, 'updatedAt'>} connection
 * @param {Pick<import('bankside').QueueSnapshot, 'status' | 'failure'>} queue
 */
export function doubtWords({ updatedAt }, queue) {
  const time = `as of ${timeOf(new Date(updatedAt * 1_000))}`;
  return isChecked(queue) ? `${time}, being checked` : time;
}

/**
 * Whether something is going to read it: not while the poller is paused, and not when it has ended.
 *
 * @param {Pick<import('bankside').QueueSnapshot, 'status' | 'failure'>} queue
 */
function isChecked({ status, failure }) {
  if (failure) return failure.retryAt !== undefined;
  return status === 'polling' || status === 'following' || status === 'subscribing';
}

/** @param {Date} date */
function timeOf(date) {
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}
