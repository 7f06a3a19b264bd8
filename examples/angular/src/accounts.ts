import { Component } from '@angular/core';
import { accounts } from '../../elsewhere-bank/accounts.js';

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
