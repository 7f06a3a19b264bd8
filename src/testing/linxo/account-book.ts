import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import type { ConnectionRecord } from './connection-record.ts';
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
  readonly accounts: readonly LinxoAccount[];
  /** When each account was listed first, in unix seconds, by its id. */
  readonly created: ReadonlyMap<string, number>;
}

/** The limits for all lists together. */
const MAX_LISTS = 20_000;
/** As JSON. */
const MAX_CHARACTERS = 20_000_000;

/** The accounts of all connections. There are none before an event `LIST_ACCOUNTS`. */
export class AccountBook {
  readonly #seed: number;
  /** The oldest first. */
  readonly #lists = new Map<string, AccountList>();
  #characters = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Keeps the accounts of an event. They replace those that the channel had before. */
  add(record: ConnectionRecord, event: LinxoEvent): void {
    const accounts = event.accounts?.filter(hasId);
    if (!accounts) return;
    const key = keyOf(record.id, event.channel_definition_id);
    const before = this.#lists.get(key)?.created;
    const created = new Map(accounts.map(({ id }) => [id, before?.get(id) ?? event.creation_date]));
    this.#delete(key);
    this.#lists.set(key, { record, event, accounts, created });
    this.#characters += accountsLength(event);
    this.#forgetOldest();
  }

  /** Deletes the accounts of a channel. */
  drop(connectionId: string, channelId: string): void {
    this.#delete(keyOf(connectionId, channelId));
  }

  /** The accounts of one user, or of all, with their current state. */
  all(user?: string): readonly BankAccount[] {
    return [...this.#lists.values()]
      .filter(({ record }) => (user ?? record.user) === record.user)
      .flatMap((list) => list.accounts.map((account) => toBankAccount(list, account, this.#seed)));
  }

  /** The user of an account. */
  userOf(accountId: string): string | undefined {
    return [...this.#lists.values()].find(({ created }) => created.has(accountId))?.record.user;
  }

  #delete(key: string): void {
    const list = this.#lists.get(key);
    if (!list) return;
    this.#lists.delete(key);
    this.#characters -= accountsLength(list.event);
  }

  #forgetOldest(): void {
    for (const key of this.#lists.keys()) {
      const isTooMuch = this.#lists.size > MAX_LISTS || this.#characters > MAX_CHARACTERS;
      if (!isTooMuch || this.#lists.size === 1) return;
      this.#delete(key);
    }
  }
}

function keyOf(connectionId: string, channelId: string | undefined): string {
  return JSON.stringify([connectionId, channelId]);
}

/** The accounts of a script can be anything. */
function hasId(account: LinxoAccount | undefined | null): account is LinxoAccount {
  return typeof account?.id === 'string';
}

/** Fields that a script gives are kept. */
function toBankAccount(
  { record, event, created }: AccountList,
  account: LinxoAccount,
  seed: number,
): BankAccount {
  const channelId = event.channel_definition_id;
  const number = accountNumber(seededRandom(seed, `account-numbers/${account.id}`));
  return {
    account_number: number,
    iban: ibanOf(number),
    status: statusOf(channelId === undefined ? undefined : record.channelStatus(channelId)),
    usage: 'PERSONAL',
    owner: {},
    ...account,
    connection_id: record.id,
    creation_date: created.get(account.id) ?? event.creation_date,
    balance_date: event.creation_date,
    ...(channelId !== undefined && { last_channel_definition_id: channelId }),
  };
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
