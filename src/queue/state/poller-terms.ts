/** What a poller is doing. `following`: another tab of this user polls. `paused`: by the page, or since the user has left it. */
export type PollerStatus = 'idle' | 'subscribing' | 'polling' | 'following' | 'paused' | 'stopped' | 'failed';

/** In these states, a tab of the user polls. */
export const POLLING: ReadonlySet<PollerStatus> = new Set(['subscribing', 'polling', 'following']);

export const ENDED: ReadonlySet<PollerStatus> = new Set(['stopped', 'failed']);

/** Where a change comes from: an event, or a reading of the connection. */
export type ChangeSource = 'event' | 'reconcile';

/** Why events may have been lost. */
export type GapReason = 'network' | 'expired' | 'woken' | 'truncated' | 'overflow' | 'aborted';

export const GAP_REASONS: readonly GapReason[] = [
  'network',
  'expired',
  'woken',
  'truncated',
  'overflow',
  'aborted',
];
