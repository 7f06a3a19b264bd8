import type { LinxoConnection } from './linxo-connection.ts';

/** An account as `LIST_ACCOUNTS` tells it. */
export interface LinxoAccount {
  /** Its id. */
  readonly id: string;
  /** What the bank calls it. */
  readonly name: string;
  /** What kind of account. */
  readonly type: 'CHECKINGS' | 'SAVINGS';
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** In whole units of the currency, with cents. */
  readonly balance: number;
}

/** An event as a queue holds it. */
export interface LinxoEvent {
  /** Unique, and in no order. */
  readonly id: string;
  /** Missing where the end marker is written in `event_status`. */
  readonly event_type?: string;
  /** The end marker, where it is written here. */
  readonly event_status?: string;
  /** What `resource` is. */
  readonly resource_type: 'CONNECTION';
  /** Unix seconds. */
  readonly creation_date: number;
  /** The channel that it is about. */
  readonly channel_definition_id?: string;
  /** The connection as it was then. */
  readonly resource: LinxoConnection;
  /** Of `LIST_ACCOUNTS`, and nowhere else to be had. */
  readonly accounts?: readonly LinxoAccount[];
}

export const END_MARKER = 'SYNC_ALL_SUCCESS';
