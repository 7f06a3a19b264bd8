import type { LinxoConnection } from './linxo-connection.ts';

/** An account as `LIST_ACCOUNTS` tells it. */
export interface LinxoAccount {
  readonly id: string;
  readonly name: string;
  readonly type: 'CHECKINGS' | 'SAVINGS';
  readonly currency: 'EUR';
  readonly balance: number;
}

/** An event as a queue holds it. */
export interface LinxoEvent {
  /** Unique, and in no order. */
  readonly id: string;
  /** Missing where the end marker is written in `event_status`. */
  readonly event_type?: string;
  readonly event_status?: string;
  readonly resource_type: 'CONNECTION';
  /** Unix seconds. */
  readonly creation_date: number;
  readonly channel_definition_id?: string;
  /** The connection as it was then. */
  readonly resource: LinxoConnection;
  /** Of `LIST_ACCOUNTS`, and nowhere else to be had. */
  readonly accounts?: readonly LinxoAccount[];
}

export const END_MARKER = 'SYNC_ALL_SUCCESS';
