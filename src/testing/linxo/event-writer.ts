import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import { accountsOf } from './accounts.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { END_MARKER, type LinxoAccount, type LinxoEvent } from './linxo-event.ts';
import type { Happening } from './script.ts';
import type { EndMarkerField } from './synchronisations.ts';
import { createUnorderedIds } from './unordered-ids.ts';

/** Writes what has happened to a connection as an event; `undefined` for what nobody is told. */
export type EventWriter = (
  record: ConnectionRecord,
  happening: Happening,
  at: number,
  endMarkerField: EndMarkerField,
) => LinxoEvent | undefined;

export function createEventWriter(seed: number): EventWriter {
  const random: SeededRandom = seededRandom(seed, 'linxo/events');
  const nextId = createUnorderedIds(random);

  function accountsIn(record: ConnectionRecord, happening: Happening): readonly LinxoAccount[] | undefined {
    const { event, channel = '', accounts = 2 } = happening;
    if (event !== 'LIST_ACCOUNTS') return undefined;
    return typeof accounts === 'number' ? accountsOf(seed, record.id, channel, accounts) : accounts;
  }

  return (record, happening, at, endMarkerField) => {
    const { event, channel } = happening;
    if (event === undefined) return undefined;
    const channelId = channel === undefined ? undefined : record.channelIdOf(channel);
    const accounts = accountsIn(record, happening);
    return {
      id: nextId(at),
      [event === END_MARKER ? endMarkerField : 'event_type']: event,
      resource_type: 'CONNECTION',
      creation_date: Math.floor(at / 1_000),
      ...(channelId !== undefined && { channel_definition_id: channelId }),
      resource: record.snapshot(),
      ...(accounts && { accounts }),
    };
  };
}
