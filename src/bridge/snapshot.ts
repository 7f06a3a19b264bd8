import type { ServerName } from '../errors.ts';

/** What a bridge is doing, for UI stores. The same object until something changes. */
export interface BridgeSnapshot {
  /** Oldest first. `startedAt` in ms since the epoch. */
  readonly pending: readonly {
    readonly requestId: string | number;
    readonly server: ServerName;
    readonly type: string | undefined;
    readonly startedAt: number;
  }[];
  readonly disposed: boolean;
}
