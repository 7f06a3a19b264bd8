/** Scraping, or the PSD2 API. A connection may have both. */
export type ChannelKind = 'EMBEDDED' | 'REDIRECT';

/** A channel as it goes over the wire. Times in unix seconds; what has never been is missing. */
export interface LinxoChannel {
  /** Its id. */
  readonly channel_definition_id: string;
  /** `RUNNING`, `SUCCESS`, or what only the user can mend. */
  readonly status?: string;
  /** When the user's consent ends. */
  readonly expires?: number;
  /** When it last ended well. */
  readonly last_success_date?: number;
  /** When it last ended, well or not. */
  readonly last_end_date?: number;
}

/** A connection as it goes over the wire. Times in unix seconds. */
export interface LinxoConnection {
  /** Its id. */
  readonly id: string;
  /** Whose it is. */
  readonly user_id: string;
  /** The institution that it leads to. */
  readonly provider_id: string;
  /** What the user may know it by. */
  readonly name: string;
  /** How it is as a whole. */
  readonly status: string;
  /** When it was made. */
  readonly creation_date: number;
  /** Whether it synchronises by itself. */
  readonly auto_sync: boolean;
  /** Whether the user consents to each account. */
  readonly consent_per_account: boolean;
  /** What the institution asks of the page; empty here. */
  readonly constraints: object;
  /** Of the institution. */
  readonly logo_url: string;
  /** Who the accounts belong to; empty here. */
  readonly owner: object;
  /** Its ways to the institution. */
  readonly channels: readonly LinxoChannel[];
}

/** Channel kinds in the order in which a connection lists them. */
export const CHANNEL_KINDS: readonly ChannelKind[] = ['REDIRECT', 'EMBEDDED'];

/** What only the user can mend: types of events, and statuses of channels. */
export const REQUIRED_ACTIONS: readonly string[] = [
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
];

export function isKind(channel: string): channel is ChannelKind {
  return channel === 'EMBEDDED' || channel === 'REDIRECT';
}
