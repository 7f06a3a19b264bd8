import { type ChannelStatus, type ConnectionStatus, isAction } from '../server/event-types.ts';

/** A channel with one of these has ended. So has one that needs the user. */
const ENDED: ReadonlySet<string> = new Set<ChannelStatus>(['SUCCESS', 'PARTIAL_SUCCESS', 'CLOSED']);
const SUCCEEDED: ReadonlySet<string> = new Set<ChannelStatus>(['SUCCESS', 'PARTIAL_SUCCESS']);
/** These take no part in what the connection is, unless all channels are closed. */
const OUT: ReadonlySet<string> = new Set<ChannelStatus>(['EMPTY', 'CLOSED']);

/** What a connection can say of itself although all its channels have succeeded. */
const LESS: ReadonlySet<string> = new Set<ConnectionStatus>(['PARTIAL_SUCCESS', 'FAILED', 'CLOSED']);

/** Whether a channel with this status is known to have ended. Not so if it is `EMPTY`, or of an unknown status. */
export function hasEnded(status: ChannelStatus): boolean {
  return ENDED.has(status) || isAction(status);
}

/**
 * The status of a connection, by the vendor's rules:
 *
 * 1. `RUNNING` while a channel is. This outranks `FAILED`.
 * 2. `FAILED` if a channel needs the user.
 * 3. `SUCCESS` if all channels have it; `PARTIAL_SUCCESS` if some have that instead. A channel that is `EMPTY` takes no part, and
 *    a closed one does not close the connection.
 * 4. `CLOSED` if all channels are.
 *
 * What the connection says of itself decides where the channels do not: if their statuses are unknown, or if there are none. It
 * can also say less than they do, as they do not show all: that its accounts are closed too, or that not all has succeeded. If it
 * says `RUNNING`, then a channel may run that is `EMPTY` until now, or of an unknown status; if all channels have ended, this is
 * out of date.
 *
 * @param channels The status of each channel.
 * @param declared What the connection says of itself.
 * @returns `undefined` if neither decides.
 */
export function connectionStatusOf(
  channels: readonly ChannelStatus[],
  declared: ConnectionStatus | undefined,
): ConnectionStatus | undefined {
  if (channels.includes('RUNNING')) return 'RUNNING';
  if (declared === 'RUNNING' && !(channels.length && channels.every(hasEnded))) return 'RUNNING';
  if (channels.some(isAction)) return 'FAILED';
  const said = declared === 'RUNNING' ? undefined : declared;
  const taking = channels.filter((status) => !OUT.has(status));
  if (!taking.length) return said ?? (channels.includes('CLOSED') ? 'CLOSED' : undefined);
  if (taking.every((status) => status === 'SUCCESS')) return said && LESS.has(said) ? said : 'SUCCESS';
  return taking.every((status) => SUCCEEDED.has(status)) ? 'PARTIAL_SUCCESS' : said;
}
