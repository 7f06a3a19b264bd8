import { Component, DestroyRef, inject } from '@angular/core';
import { widgetActions } from 'bankside';
import { injectWidgetBridge } from 'bankside/angular';
import { actionOptions } from '../../shared/widget-options.js';
import { Accounts, Transactions } from './accounts.ts';
import { Connections } from './connections/connections.ts';
import { Header } from './header.ts';
import { Inspector, Panel } from './panel.ts';
import { BANK } from './tokens.ts';
import { Widget } from './widget.ts';

@Component({
  selector: '[bankPage]',
  imports: [Accounts, Connections, Header, Inspector, Panel, Transactions, Widget],
  template: `
    <a class="skip-link" href="#main">Skip to the content</a>
    <header bankHeader></header>
    <div class="page">
      <main id="main" tabindex="-1">
        <div class="greeting">
          <h1>Good to see you</h1>
          <p>Last signed in yesterday at 18:42</p>
        </div>
        <section bankAccounts></section>
        <section bankWidget></section>
        @if (hasQueue) {
          <section bankConnections></section>
        }
        <section bankTransactions></section>
      </main>
      <aside bankPanel></aside>
    </div>
    <section bankInspector></section>
    <footer class="bank-footer">
      <p>Elsewhere Bank is invented. This page shows the <code>bankside</code> package at work, with Angular.</p>
    </footer>
  `,
})
export class BankPage {
  protected readonly hasQueue = inject(BANK).config.queue !== null;

  constructor() {
    const bridge = injectWidgetBridge();
    if (bridge) inject(DestroyRef).onDestroy(widgetActions(bridge, actionOptions));
  }
}
