import { Component } from '@angular/core';
import { transactions } from '../../elsewhere-bank/accounts.js';

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
