import type { ReactNode } from 'react';
import { accounts, transactions } from '../../shared/accounts.js';

export function Accounts(): ReactNode {
  return (
    <section id="accounts" aria-labelledby="accounts-title" tabIndex={-1}>
      <h2 id="accounts-title">Your accounts</h2>
      <ul className="accounts" role="list">
        {accounts.map(({ name, ending, balance, note }) => (
          <li className="account" key={name}>
            <p className="account-name">{name}</p>
            <p className="account-number">
              <span className="visually-hidden">ending in</span> <span aria-hidden="true">••••</span> {ending}
            </p>
            <p className="account-balance">{balance}</p>
            <p className="account-note">{note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Transactions(): ReactNode {
  return (
    <section id="transactions" aria-labelledby="transactions-title" tabIndex={-1}>
      <h2 id="transactions-title">Recent activity</h2>
      <ul className="transactions" role="list">
        {transactions.map(({ payee, when, sum }) => (
          <li key={payee}>
            <span className="payee">{payee}</span>
            <span className="when">{when}</span>
            <span className={sum.startsWith('+') ? 'sum sum-in' : 'sum'}>{sum}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
