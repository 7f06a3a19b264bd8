import { Component, DestroyRef, inject } from '@angular/core';
import { injectWidgetBridge } from 'bankside/angular';
import { insightFaults } from '../../../elsewhere-bank/sandbox/insight-faults.js';
import { listenForReplies } from '../../../elsewhere-bank/sandbox/pushed-replies.js';
import { queueFaults } from '../../../elsewhere-bank/sandbox/queue-faults.js';
import { BANK } from '../tokens.ts';
import { ActivityPanel } from './activity-panel.ts';
import { NextSynchronisation } from './next-synchronisation.ts';
import { PollerPanel } from './poller-panel.ts';
import { Troubles } from './troubles.ts';

@Component({
  selector: 'aside[bankPanel]',
  host: {
    id: 'bridge-panel',
    class: 'bridge-panel',
    'aria-labelledby': 'bridge-panel-title',
    tabindex: '-1',
  },
  imports: [ActivityPanel, NextSynchronisation, PollerPanel, Troubles],
  template: `
    <header class="panel-head">
      <h2 id="bridge-panel-title">Behind the page</h2>
      <p>The widget never talks to a server. It asks this page, and the bridge answers over the bank’s own channel.</p>
    </header>
    <section bankActivity></section>
    @if (isSandbox) {
      <section
        bankTroubles="fault"
        heading="Make the sandbox misbehave"
        hint="Each button asks for the insights again, and spoils that one request."
        [troubles]="insightFaults"
        resetName="reset"
        afterReset="The sandbox behaves again."
        (caused)="refresh()"
      ></section>
    }
    @if (hasQueue) {
      <section bankPoller></section>
    }
    @if (isSandbox) {
      <form bankNextSynchronisation></form>
      <section
        bankTroubles="queue-fault"
        heading="Make the queue misbehave"
        hint="Each button spoils what the poller does next. While something goes on, it polls every half second here; the default is 1.8 seconds."
        [troubles]="queueFaults"
        resetName="queue-reset"
        afterReset="The queue behaves again."
      ></section>
    }
  `,
})
export class Panel {
  private readonly bank = inject(BANK);
  protected readonly isSandbox = this.bank.banks !== undefined;
  protected readonly hasQueue = this.bank.hasQueue;
  protected readonly insightFaults = insightFaults;
  protected readonly queueFaults = queueFaults;

  constructor() {
    const bridge = injectWidgetBridge();
    if (!this.isSandbox) return;
    const stop = listenForReplies((response, id) => bridge?.handlePServerResponse(response, id));
    inject(DestroyRef).onDestroy(stop);
  }

  protected refresh(): void {
    void window.personetics.refresh('insights');
  }
}
