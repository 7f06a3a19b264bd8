import { isObject } from '../../check.ts';
import type { ChannelState, ConnectionState } from './connection-state.ts';

/** The channels whose status or action has changed. */
export function changedChannels(
  before: ConnectionState | undefined,
  after: ConnectionState,
): { readonly previous: ChannelState | undefined; readonly channel: ChannelState }[] {
  const changed: { previous: ChannelState | undefined; channel: ChannelState }[] = [];
  for (const channel of after.channels.values()) {
    const previous = before?.channels.get(channel.id);
    const isSame = previous?.status === channel.status && isAlike(previous.action, channel.action);
    if (!isSame) changed.push({ previous, channel });
  }
  return changed;
}

/** Whether two states differ in more than their time. */
export function differ(before: ConnectionState | undefined, after: ConnectionState): boolean {
  return !before || !isAlike(before, after, 'updatedAt');
}

/** Returns the former object if nothing has changed, since stores and views compare by identity. */
export function keepIfSame(before: ChannelState | undefined, after: ChannelState): ChannelState {
  return before && isAlike(before, after) ? before : after;
}

/** Compares by value, since tabs send each other copies. */
function isAlike(a: unknown, b: unknown, except?: string): boolean {
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && isAlike([...a.values()], [...b.values()]);
  if (!isObject(a) || !isObject(b)) return a === b;
  for (const key in a) {
    // Most fields are identical. Not comparing those in depth halves the time that events take.
    if (key !== except && a[key] !== b[key] && !isAlike(a[key], b[key])) return false;
  }
  return true;
}
