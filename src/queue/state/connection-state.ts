import type { ChannelStatus, ConnectionStatus, RequiredActionType } from '../server/event-types.ts';

/** What the user has to do before a channel can go on. */
export interface RequiredAction {
  /** What it is. */
  readonly type: RequiredActionType;
  /** The channel that waits for the user; an empty string if no channel is known. */
  readonly channelDefinitionId: string;
  /** Since when, in unix seconds. */
  readonly since: number;
}

/** Scraping, or PSD2 API. */
export type ChannelKind = 'EMBEDDED' | 'REDIRECT';

export const CHANNEL_KINDS: readonly ChannelKind[] = ['EMBEDDED', 'REDIRECT'];

/** What is known of a channel of a connection. Times in unix seconds. */
export interface ChannelState {
  /** The channel's `channel_definition_id`. */
  readonly id: string;
  /** As the server says (`mode`), else the option `channelKind`; never guessed. */
  readonly kind: ChannelKind | undefined;
  /** Any known one other than `RUNNING` means that the channel has ended. With `EMPTY` it takes no part. */
  readonly status: ChannelStatus;
  /** What the user has to do for it. */
  readonly action: RequiredAction | undefined;
  /** When the user's consent ends. */
  readonly expiresAt: number | undefined;
  /** When it last ended with success. */
  readonly lastSuccessAt: number | undefined;
  /** When it last ended, with success or not. */
  readonly lastEndAt: number | undefined;
}

/** What is known of a connection. A change makes a new object. Times in unix seconds. */
export interface ConnectionState {
  /** The connection's id. */
  readonly id: string;
  /** The id of the institution. */
  readonly providerId: string | undefined;
  /** The name for the user. */
  readonly name: string | undefined;
  /** From the statuses of the channels, by the vendor's rules; if these do not decide it, from the server. */
  readonly status: ConnectionStatus;
  /** Whether a synchronisation runs: its status is `RUNNING`. */
  readonly syncing: boolean;
  /** By their ids, in the order of the server. */
  readonly channels: ReadonlyMap<string, ChannelState>;
  /** What the user has to do: the oldest action of the channels. Withdrawn when it is resolved. */
  readonly action: RequiredAction | undefined;
  /** When its newest event was made, or when it was last read. */
  readonly updatedAt: number;
  /** Whether this may be out of date: events may be lost, or came late, and it has not been read again since. */
  readonly isDoubtful: boolean;
}

/** Returns the kind of a channel, if the page knows it. */
export type ChannelKindOf = (channelDefinitionId: string) => ChannelKind | undefined;
