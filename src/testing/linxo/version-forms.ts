import type { LinxoVersion } from './linxo-route.ts';
import type { BankAccount, LinxoConnection, LinxoTransaction } from './wire.ts';

/** A list: alone in version 2.1, else in an object. */
export function listForm(version: LinxoVersion, name: string, items: readonly object[]): object {
  return version === '2.1' ? items : { [name]: items };
}

/** Version 3 has another name for the logo. */
export function connectionForm(version: LinxoVersion, connection: LinxoConnection): object {
  if (version !== '3') return connection;
  const { logo_url: provider_logo_url, ...rest } = connection;
  return { ...rest, provider_logo_url };
}

/** Version 3 has the currency in the balance. A balance that is no number, as a script may give it, is left out. */
export function accountForm(version: LinxoVersion, account: BankAccount): object {
  if (version !== '3') return account;
  const { balance, currency, ...rest } = account;
  return { ...rest, ...(Number.isFinite(balance) && { balance: { amount: moneyForm(balance, currency) } }) };
}

/** Version 3 has the currency in the amount, and what the server has found out about it in an object. */
export function transactionForm(version: LinxoVersion, transaction: LinxoTransaction): object {
  if (version !== '3') return transaction;
  const { amount, currency, label, date, ...rest } = transaction;
  return {
    ...rest,
    amount: moneyForm(amount, currency),
    enrichments: { display_label: label, date: new Date(date * 1_000).toISOString() },
  };
}

function moneyForm(amount: number, currency: string): object {
  return { amount: amount.toFixed(2), currency };
}
