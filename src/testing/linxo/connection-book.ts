import * as z from 'zod/mini';
import { choice, TEXT } from '../field-schemas.ts';
import { fields } from '../fields.ts';
import { named, read } from '../read.ts';
import { TooMany } from '../too-many.ts';
import { createChannelDirectory, type NewChannel } from './channel-directory.ts';
import { type ConnectionRecord, createConnectionRecord } from './connection-record.ts';
import { CHANNEL_KINDS, type ChannelKind } from './linxo-connection.ts';
import type { NewConnection } from './queue-service.ts';

export const DEFAULT_USER = 'user-1';

/** The connections of all users. */
export interface ConnectionBook {
  add(connection: NewConnection, at: number): ConnectionRecord;
  find(id: string): ConnectionRecord | undefined;
  /** Throws a `TypeError` if there is none of that id. */
  get(id: string): ConnectionRecord;
  all(user?: string): readonly ConnectionRecord[];
  channelKind(channelDefinitionId: string): ChannelKind | undefined;
}

const CAPACITY = 10_000;

export function createConnectionBook(): ConnectionBook {
  const records = new Map<string, ConnectionRecord>();
  const directory = createChannelDirectory();

  function nextId(): string {
    let number = records.size + 1;
    while (records.has(`connection-${number}`)) number += 1;
    return `connection-${number}`;
  }

  return {
    add(connection, at) {
      const asked = read(CONNECTION, connection, named('A connection'));
      const { id = nextId(), user = DEFAULT_USER, providerId = `provider-${id}` } = asked;
      const { name = 'Sandbox Bank', channels } = asked;
      if (records.size >= CAPACITY)
        throw new TooMany(`There are ${CAPACITY} connections, which is the most.`);
      if (records.has(id)) throw new TypeError(`There is a connection "${id}" already.`);
      const created = Math.floor(at / 1_000);
      const identity = { id, user_id: user, provider_id: providerId, name, creation_date: created };
      const record = createConnectionRecord(identity, directory.define(providerId, channels));
      records.set(id, record);
      return record;
    },
    find: (id) => records.get(id),
    get(id) {
      const record = records.get(id);
      if (!record) throw new TypeError(`There is no connection "${id}".`);
      return record;
    },
    all: (user) => [...records.values()].filter((record) => (user ?? record.user) === record.user),
    channelKind: directory.kindOf,
  };
}

/** A page's own code or a request may have made it. */
const CONNECTION = fields<NewConnection>({
  id: z.optional(TEXT),
  user: z.optional(TEXT),
  providerId: z.optional(TEXT),
  name: z.optional(TEXT),
  channels: z.optional(z.array(fields<NewChannel>({ kind: choice(CHANNEL_KINDS), id: z.optional(TEXT) }))),
});
