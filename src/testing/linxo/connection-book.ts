import * as z from 'zod/mini';
import type { ChannelKind } from '../../index.ts';
import { TooMany } from '../limits.ts';
import { choice, fields, named, read, TEXT } from '../schemas.ts';
import { AccountBook } from './account-book.ts';
import type { DefinedChannel } from './channel.ts';
import { type ConnectionRecord, createConnectionRecord } from './connection-record.ts';
import type { NewChannel, NewConnection } from './queue-service.ts';
import { DEFAULT_CHANNEL_KINDS } from './wire.ts';

export const DEFAULT_USER = 'user-1';

const CAPACITY = 10_000;
/** As in the example of the documents. */
const FIRST_CHANNEL_ID = 8700;

const CONNECTION = fields<NewConnection>({
  id: z.optional(TEXT),
  user: z.optional(TEXT),
  providerId: z.optional(TEXT),
  name: z.optional(TEXT),
  channels: z.optional(
    z.array(fields<NewChannel>({ kind: choice(DEFAULT_CHANNEL_KINDS), id: z.optional(TEXT) })),
  ),
});

/** The connections of all users, with their accounts. */
export class ConnectionBook {
  readonly accounts: AccountBook;
  readonly #records = new Map<string, ConnectionRecord>();
  readonly #channels = new ChannelDirectory();

  constructor(seed: number) {
    this.accounts = new AccountBook(seed);
  }

  /** @throws TypeError for an invalid connection. */
  add(connection: NewConnection, at: number): ConnectionRecord {
    const given = read(CONNECTION, connection, named('A connection'));
    const { id = this.#nextId(), user = DEFAULT_USER, providerId = `provider-${id}` } = given;
    const { name = 'Sandbox Bank', channels } = given;
    if (this.#records.size >= CAPACITY) throw new TooMany(CAPACITY, 'connections');
    if (this.#records.has(id)) throw new TypeError(`There is already a connection "${id}".`);
    const created = Math.floor(at / 1_000);
    const identity = { id, user_id: user, provider_id: providerId, name, creation_date: created };
    const defined = this.#channels.define(providerId, channels);
    const record = createConnectionRecord(identity, defined, {
      drop: (channelId) => this.accounts.drop(id, channelId),
      dropAll: () => this.accounts.dropAll(id),
    });
    this.#records.set(id, record);
    return record;
  }

  find(id: string): ConnectionRecord | undefined {
    return this.#records.get(id);
  }

  /** @throws TypeError for an unknown id. */
  get(id: string): ConnectionRecord {
    const record = this.#records.get(id);
    if (!record) throw new TypeError(`There is no connection "${id}".`);
    return record;
  }

  all(user?: string): readonly ConnectionRecord[] {
    return [...this.#records.values()].filter((record) => (user ?? record.user) === record.user);
  }

  channelKind(channelDefinitionId: string): ChannelKind | undefined {
    return this.#channels.kinds.get(channelDefinitionId);
  }

  #nextId(): string {
    let number = this.#records.size + 1;
    while (this.#records.has(`connection-${number}`)) number += 1;
    return `connection-${number}`;
  }
}

/** The kinds of all channels. Connections to one provider share its channel definitions. */
class ChannelDirectory {
  readonly kinds = new Map<string, ChannelKind>();
  readonly #providers = new Map<string, Readonly<Record<ChannelKind, string>>>();

  define(
    providerId: string,
    channels: readonly NewChannel[] = DEFAULT_CHANNEL_KINDS.map((kind) => ({ kind })),
  ): readonly DefinedChannel[] {
    const first = FIRST_CHANNEL_ID + 2 * this.#providers.size;
    const newIds = { EMBEDDED: String(first), REDIRECT: String(first + 1) };
    const ids = this.#providers.get(providerId) ?? newIds;
    this.#providers.set(providerId, ids);
    const defined = channels.map(({ kind, id = ids[kind] }) => ({ kind, id }));
    for (const { kind, id } of defined) this.kinds.set(id, kind);
    return defined;
  }
}
