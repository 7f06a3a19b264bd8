import type { ServerName } from '../errors.ts';
import type { PendingRequest } from './pending.ts';

/** What a bridge is doing, for UI stores. The same object until something changes. */
export interface BridgeSnapshot {
  /** The requests that wait for their answer, oldest first. */
  readonly pending: readonly {
    /** As the widget gave it. */
    readonly requestId: string | number;
    /** Which server it is for. */
    readonly server: ServerName;
    /** The command or Open Banking function, when the body names one. */
    readonly type: string | undefined;
    /** When it was made, in ms since the epoch. */
    readonly startedAt: number;
  }[];
  /** Whether the bridge has ended. */
  readonly disposed: boolean;
}

export function snapshotOf(all: readonly PendingRequest[], disposed: boolean): BridgeSnapshot {
  const pending = all.map(({ request: { requestId, server, type }, startedAt }) => {
    return { requestId, server, type, startedAt };
  });
  return { pending, disposed };
}
