import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import type { BankAccount, LinxoTransaction } from './wire.ts';

/** In seconds. */
const DAY = 86_400;
const COUNT = 6;

const KINDS = [
  { label: 'Salary', type: 'DIRECT_DEPOSIT', category_id: 'INCOME', from: 1_800, to: 3_200 },
  { label: 'Rent', type: 'REPEATING_PAYMENT', category_id: 'HOUSING', from: -1_100, to: -600 },
  { label: 'Electricity', type: 'DIRECT_DEBIT', category_id: 'HOUSING', from: -120, to: -40 },
  { label: 'Supermarket', type: 'POINT_OF_SALE', category_id: 'FOOD', from: -140, to: -10 },
  { label: 'Cash machine', type: 'ATM', category_id: 'CASH', from: -200, to: -20 },
  { label: 'Account fee', type: 'BANK_FEE', category_id: 'BANK', from: -12, to: -2 },
] as const;

/** The transactions of an account before it was listed first, the newest first: the same ones each time. */
export function transactionsOf(seed: number, account: BankAccount): readonly LinxoTransaction[] {
  const random = seededRandom(seed, `transactions/${account.id}`);
  const today = Math.floor(account.creation_date / DAY) * DAY;
  let date = today;
  return Array.from({ length: COUNT }, (_, index) => {
    date -= random.between(1, 6) * DAY;
    return toTransaction(account, index, date, random);
  });
}

function toTransaction(
  account: BankAccount,
  index: number,
  date: number,
  random: SeededRandom,
): LinxoTransaction {
  const { label, type, category_id, from, to } = KINDS[random.between(0, KINDS.length - 1)] ?? KINDS[0];
  return {
    id: `${account.id}-t${index + 1}`,
    account_id: account.id,
    label,
    amount: random.amount(from, to),
    currency: account.currency,
    type,
    status: 'BOOKED',
    origin: 'TRANSACTION',
    category_id,
    date,
    booking_date: date,
    value_date: date,
    import_date: account.creation_date,
    remittance_information: [label],
  };
}
