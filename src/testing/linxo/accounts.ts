import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import type { LinxoAccount } from './linxo-event.ts';

const KINDS = [
  { name: 'Current account', type: 'CHECKINGS' },
  { name: 'Savings', type: 'SAVINGS' },
] as const;

/** The accounts behind a channel of a connection: the same ones at every look. */
export function accountsOf(
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
