import { Component } from '@angular/core';
import { accounts, transactions } from '../../shared/accounts.js';

@Component({
  selector: 'section[bankAccounts]',
  host: { id: 'accounts', 'aria-labelledby': 'accounts-title', tabindex: '-1' },
  template: `
    <h2 id="accounts-title">Your accounts</h2>
    <ul class="accounts" role="list">
      @for (account of accounts; track account.name) {
        <li class="account">
          <p class="account-name">{{ account.name }}</p>
          <p class="account-number">
            <span class="visually-hidden">ending in</span>&ngsp;<span aria-hidden="true">••••</span> {{ account.ending }}
          </p>
          <p class="account-balance">{{ account.balance }}</p>
          <p class="account-note">{{ account.note }}</p>
        </li>
      }
    </ul>
  `,
})
export class Accounts {
  protected readonly accounts = accounts;
}

@Component({
  selector: 'section[bankTransactions]',
  host: { id: 'transactions', 'aria-labelledby': 'transactions-title', tabindex: '-1' },
  template: `
    <h2 id="transactions-title">Recent activity</h2>
    <ul class="transactions" role="list">
      @for (transaction of transactions; track transaction.payee) {
        <li>
          <span class="payee">{{ transaction.payee }}</span>
          <span class="when">{{ transaction.when }}</span>
          <span class="sum" [class.sum-in]="transaction.sum.startsWith('+')">{{ transaction.sum }}</span>
        </li>
      }
    </ul>
  `,
})
export class Transactions {
  protected readonly transactions = transactions;
}
