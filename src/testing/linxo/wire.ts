import type { ChannelKind } from '../../index.ts';
import { jsonLength } from '../limits.ts';

/** A channel as the server sends it. Times in unix seconds; a time that has never been is missing. */
export interface LinxoChannel {
  /** Its id. */
  readonly channel_definition_id: string;
  /** `RUNNING`, `SUCCESS`, `PARTIAL_SUCCESS`, `CLOSED`, `EMPTY` (without accounts), or an action that the user has to take. */
  readonly status?: string;
  /** The end of the user's consent. */
  readonly expires?: number;
  /** The time of its last success, complete or partial. */
  readonly last_success_date?: number;
  /** The time of its last end, successful or not. */
  readonly last_end_date?: number;
  /** Its kind. As all fields below, only in answers about connections, not in events. */
  readonly mode?: ChannelKind;
  /** The credentials that it asks for; empty here. */
  readonly credentials?: readonly object[];
  /** The types of accounts that it can read. */
  readonly account_types?: readonly string[];
  /** Whether it has accounts; `false` for `EMPTY`. */
  readonly eligible_accounts?: boolean;
  /** Whether the institution has given it up; `false` here. */
  readonly channel_definition_unavailable?: boolean;
}

/** A connection as the server sends it. Times in unix seconds. */
export interface LinxoConnection {
  /** Its id. */
  readonly id: string;
  /** The user's id. */
  readonly user_id: string;
  /** The id of the institution. */
  readonly provider_id: string;
  /** The name for the user. */
  readonly name: string;
  /** The status of the whole connection. */
  readonly status: string;
  /** The time of its creation. */
  readonly creation_date: number;
  /** Whether it synchronises automatically. */
  readonly auto_sync: boolean;
  /** Whether the user consents per account. */
  readonly consent_per_account: boolean;
  /** The requirements of the institution; empty here. */
  readonly constraints: object;
  /** The logo of the institution. */
  readonly logo_url: string;
  /** The owner of the accounts; empty here. */
  readonly owner: object;
  /** The channels to the institution. */
  readonly channels: readonly LinxoChannel[];
}

/** The channels of a connection, in the order in which it lists them. */
export const DEFAULT_CHANNEL_KINDS: readonly ChannelKind[] = ['REDIRECT', 'EMBEDDED'];

/** The actions that only the user can take: types of events, and statuses of channels. */
export const REQUIRED_ACTIONS: readonly string[] = [
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
];

export function isChannelKind(channel: string): channel is ChannelKind {
  return channel === 'EMBEDDED' || channel === 'REDIRECT';
}

/** An account in the event `LIST_ACCOUNTS`. */
export interface LinxoAccount {
  /** Its id. */
  readonly id: string;
  /** The bank's name of it. */
  readonly name: string;
  /** The kind of account. */
  readonly type: 'CHECKINGS' | 'SAVINGS';
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** In whole units of the currency, with cents as decimals. */
  readonly balance: number;
}

/** An account in an answer about accounts. Times in unix seconds. */
export interface BankAccount extends LinxoAccount {
  readonly connection_id: string;
  readonly account_number: string;
  readonly iban: string;
  readonly status: 'ACTIVE' | 'ERROR' | 'CLOSED';
  readonly usage: 'PERSONAL';
  /** The owner of the account; empty here. */
  readonly owner: object;
  /** The time of the event that listed it first. */
  readonly creation_date: number;
  /** The time of the last event that listed it. */
  readonly balance_date: number;
  /** The channel of that event. */
  readonly last_channel_definition_id?: string;
}

/** A transaction of an account. Times in unix seconds, amounts as those of accounts. */
export interface LinxoTransaction {
  readonly id: string;
  readonly account_id: string;
  readonly label: string;
  readonly amount: number;
  readonly currency: string;
  readonly type: string;
  readonly status: 'BOOKED';
  readonly origin: 'TRANSACTION';
  readonly category_id: string;
  readonly date: number;
  readonly booking_date: number;
  readonly value_date: number;
  readonly import_date: number;
  readonly remittance_information: readonly string[];
}

/** A user in an answer. */
export interface LinxoUser {
  readonly id: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  /** In unix seconds. */
  readonly creation_date: number;
}

/** An event of a queue. */
export interface LinxoEvent {
  /** Unique, in no order. */
  readonly id: string;
  /** The type. Missing if the end marker is in `event_status`. */
  readonly event_type?: string;
  /** The end marker, if this field holds it. */
  readonly event_status?: string;
  /** The kind of `resource`. */
  readonly resource_type: 'CONNECTION';
  /** In unix seconds. */
  readonly creation_date: number;
  /** The channel of the event. */
  readonly channel_definition_id?: string;
  /** The connection at the time of the event. */
  readonly resource: LinxoConnection;
  /** The accounts of `LIST_ACCOUNTS`. Reads of the connection do not return them. */
  readonly accounts?: readonly LinxoAccount[];
}

export const END_MARKER = 'SYNC_ALL_SUCCESS';

const lengths = new WeakMap<LinxoEvent, number>();

/** The JSON length of an event's accounts. All other parts of an event are short. */
export function accountsLength(event: LinxoEvent): number {
  if (!event.accounts) return 0;
  const length = lengths.get(event) ?? jsonLength(event.accounts);
  lengths.set(event, length);
  return length;
}
