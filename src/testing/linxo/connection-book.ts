import { createChannelDirectory } from './channel-directory.ts';
import { type ConnectionRecord, createConnectionRecord } from './connection-record.ts';
import { CHANNEL_KINDS, type ChannelKind, isKind } from './linxo-connection.ts';
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
      checkConnection(connection);
      const { id = nextId(), user = DEFAULT_USER, providerId = `provider-${id}` } = connection;
      const { name = 'Sandbox Bank', channels } = connection;
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
function checkConnection(connection: NewConnection): void {
  for (const field of ['id', 'user', 'providerId', 'name'] as const) {
    const value: unknown = connection[field];
    const isFine = value === undefined || (typeof value === 'string' && value !== '');
    if (!isFine) throw new TypeError(`A connection's "${field}" must be a text that is not empty.`);
  }
  for (const { kind } of connection.channels ?? []) {
    if (!isKind(kind)) throw new TypeError(`A channel's "kind" must be ${CHANNEL_KINDS.join(' or ')}.`);
  }
}
