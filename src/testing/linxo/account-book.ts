import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { FirstListings } from './first-listings.ts';
import { ibanOf } from './iban.ts';
import {
  accountsLength,
  type BankAccount,
  type LinxoAccount,
  type LinxoEvent,
  REQUIRED_ACTIONS,
} from './wire.ts';

/** The accounts of one channel, as its last event `LIST_ACCOUNTS` had them. */
interface AccountList {
  readonly record: ConnectionRecord;
  readonly event: LinxoEvent;
  /** By their ids. */
  readonly accounts: ReadonlyMap<string, LinxoAccount>;
}

/** The limits for all lists together. */
const MAX_LISTS = 20_000;
/** As JSON. */
const MAX_CHARACTERS = 20_000_000;

/**
 * The accounts of all connections. There are none before an event `LIST_ACCOUNTS`. Of an account that several lists of a
 * connection have, the newest one counts.
 */
export class AccountBook {
  readonly #seed: number;
  /** The oldest first. */
  readonly #lists = new Map<string, AccountList>();
  readonly #firstListings = new FirstListings();
  #characters = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Keeps the accounts of an event. They replace those that the channel had before. */
  add(record: ConnectionRecord, event: LinxoEvent): void {
    if (!event.accounts) return;
    const accounts = new Map(event.accounts.filter(hasId).map((account) => [account.id, account]));
    const key = keyOf(record.id, event.channel_definition_id);
    // Before the former list goes, so that the accounts in both keep their dates.
    this.#firstListings.add(record.id, accounts.keys(), event.creation_date);
    this.#delete(key);
    this.#lists.set(key, { record, event, accounts });
    this.#characters += accountsLength(event);
    this.#forgetOldest();
  }

  /** Deletes the accounts of a channel. */
  drop(connectionId: string, channelId: string): void {
    this.#delete(keyOf(connectionId, channelId));
  }

  /** Deletes all accounts of a connection. */
  dropAll(connectionId: string): void {
    for (const [key, { record }] of this.#lists) {
      if (record.id === connectionId) this.#delete(key);
    }
  }

  /** The accounts of one user, or of all, with their current state. */
  all(user?: string): readonly BankAccount[] {
    const accounts = new Map<string, BankAccount>();
    for (const list of this.#lists.values()) {
      if ((user ?? list.record.user) !== list.record.user) continue;
      for (const account of list.accounts.values()) {
        accounts.set(keyOf(list.record.id, account.id), this.#toBankAccount(list, account));
      }
    }
    return [...accounts.values()];
  }

  /** The user of an account. */
  userOf(accountId: string): string | undefined {
    return [...this.#lists.values()].find(({ accounts }) => accounts.has(accountId))?.record.user;
  }

  #delete(key: string): void {
    const list = this.#lists.get(key);
    if (!list) return;
    this.#lists.delete(key);
    this.#firstListings.remove(list.record.id, list.accounts.keys());
    this.#characters -= accountsLength(list.event);
  }

  /** Fields that a script gives are kept. It need not give more than the id. */
  #toBankAccount({ record, event }: AccountList, account: LinxoAccount): BankAccount {
    const { type = 'CHECKINGS', currency = 'EUR', balance = 0 } = account;
    const channelId = event.channel_definition_id;
    const number = accountNumber(seededRandom(this.#seed, `account-numbers/${account.id}`));
    return {
      account_number: number,
      iban: ibanOf(number),
      status: statusOf(channelId === undefined ? undefined : record.channelStatus(channelId)),
      usage: 'PERSONAL',
      owner: {},
      ...account,
      type,
      currency,
      balance,
      connection_id: record.id,
      creation_date: this.#firstListings.of(record.id, account.id) ?? event.creation_date,
      balance_date: event.creation_date,
      ...(channelId !== undefined && { last_channel_definition_id: channelId }),
    };
  }

  #forgetOldest(): void {
    for (const key of this.#lists.keys()) {
      const isTooMuch = this.#lists.size > MAX_LISTS || this.#characters > MAX_CHARACTERS;
      if (!isTooMuch || this.#lists.size === 1) return;
      this.#delete(key);
    }
  }
}

/** @param id Of a channel, or of an account. */
function keyOf(connectionId: string, id: string | undefined): string {
  return JSON.stringify([connectionId, id]);
}

/** The accounts of a script can be anything. */
function hasId(account: LinxoAccount | undefined | null): account is LinxoAccount {
  return typeof account?.id === 'string';
}

/** The status of an account, by the status of its channel. `ERROR`: the last synchronisation has failed. */
function statusOf(channelStatus: string | undefined): BankAccount['status'] {
  if (channelStatus === 'CLOSED') return 'CLOSED';
  const isWaiting = channelStatus === undefined || channelStatus === 'CHALLENGE_REQUIRED';
  return isWaiting || !REQUIRED_ACTIONS.includes(channelStatus) ? 'ACTIVE' : 'ERROR';
}

function accountNumber(random: SeededRandom): string {
  return Array.from({ length: 11 }, () => random.between(0, 9)).join('');
}
