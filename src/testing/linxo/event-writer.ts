import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { Happening } from './script.ts';
import type { EndMarkerField } from './synchronisations.ts';
import { END_MARKER, type LinxoAccount, type LinxoEvent } from './wire.ts';

/** Creates the event of a step. `undefined` for a step without an event. */
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

const KINDS = [
  { name: 'Current account', type: 'CHECKINGS' },
  { name: 'Savings', type: 'SAVINGS' },
] as const;

/** The accounts of a channel: the same ones each time. */
function accountsOf(
  seed: number,
  connectionId: string,
  channel: string,
  count: number,
): readonly LinxoAccount[] {
  const random = seededRandom(seed, `accounts/${connectionId}/${channel}`);
  return Array.from({ length: count }, (_, index) => toAccount(`${connectionId}-${channel}`, index, random));
}

function toAccount(owner: string, index: number, random: SeededRandom): LinxoAccount {
  const { name, type } = KINDS[index % KINDS.length] ?? KINDS[0];
  return { id: `${owner}-${index + 1}`, name, type, currency: 'EUR', balance: random.amount(180, 6_400) };
}

/** Odd, so that the products of different counts differ. */
const STRIDE = 0x9e3779b1;

/**
 * Unique ids in no order, because the documents promise none. They contain the time, so that a restarted sandbox with the
 * same seed does not repeat ids that a page remembers.
 */
export function createUnorderedIds(random: SeededRandom): (at: number) => string {
  let count = random.between(0, 2 ** 32 - 1);

  return (at) => {
    count += 1;
    return hex(Math.imul(count, STRIDE) >>> 0, 8) + hex(Math.floor(at), 11);
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
