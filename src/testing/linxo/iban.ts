/** A bank and a branch that do not exist. */
const BANK_AND_BRANCH = '9999900001';
/** The letters F and R and two zeros, as digits. */
const COUNTRY_AS_DIGITS = '152700';

/** A French IBAN with valid check digits, of a bank that does not exist. @param accountNumber Eleven digits. */
export function ibanOf(accountNumber: string): string {
  const own = `${BANK_AND_BRANCH}${accountNumber}00`;
  const check = 98n - (BigInt(own + COUNTRY_AS_DIGITS) % 97n);
  return `FR${String(check).padStart(2, '0')}${own}`;
}
