import { nameOf } from './words.js';

/**
 * The address where the customer does something at the other bank. This page's own tab goes there and comes back.
 *
 * @param {import('bankside').ConnectionState} connection
 * @param {import('bankside').RequiredActionType} type
 */
export function addressAtBank(connection, type) {
  const query = new URLSearchParams({
    bank: nameOf(connection),
    connection: connection.id,
    for: type,
    from: location.pathname,
  });
  return `/shared/their-bank.html?${query}`;
}

/** The connection for which the customer was at the other bank. Once: loading the page again is no second visit. */
export function takeReturn() {
  const url = new URL(location.href);
  const connectionId = url.searchParams.get('back');
  url.searchParams.delete('back');
  if (connectionId) history.replaceState(history.state, '', url);
  return connectionId;
}
