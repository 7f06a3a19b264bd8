/** Scraping, or the PSD2 API. A connection may have both. */
export type ChannelKind = 'EMBEDDED' | 'REDIRECT';

/** A channel as it goes over the wire. Times in unix seconds; what has never been is missing. */
export interface LinxoChannel {
  readonly channel_definition_id: string;
  readonly status?: string;
  /** When the user's consent ends. */
  readonly expires?: number;
  readonly last_success_date?: number;
  readonly last_end_date?: number;
}

/** A connection as it goes over the wire. Times in unix seconds. */
export interface LinxoConnection {
  readonly id: string;
  readonly user_id: string;
  readonly provider_id: string;
  readonly name: string;
  readonly status: string;
  readonly creation_date: number;
  readonly auto_sync: boolean;
  readonly consent_per_account: boolean;
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
