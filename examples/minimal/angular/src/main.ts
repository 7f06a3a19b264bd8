import { afterNextRender, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import {
  fromEvents,
  injectQueuePoller,
  injectSnapshot,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from 'bankside/angular';
import {
  attachWidget,
  createBridge,
  createPoller,
  signOut,
  startWidget,
  wordsFor,
  wordsForFailure,
} from './bank.ts';

@Component({
  selector: 'main[bankInsights]',
  template: `
    <h1>Your money</h1>
    <p role="alert">{{ failure() }}</p>
    <div id="insights"></div>
    <button type="button" (click)="startWidget()">All insights</button>
    <h2>Your banks</h2>
    <p role="alert">{{ queueFailure() }}</p>
    <ul aria-live="polite">
      @for (bank of banks(); track bank.id) {
        <li>
          {{ bank.name }}: {{ wordsFor(bank) }}{{ queue()?.failure ? ', may be out of date' : '' }}
        </li>
      }
    </ul>
    <button type="button" id="sign-out" (click)="signOut(poller)">Sign out</button>
  `,
})
class Insights {
  protected readonly poller = injectQueuePoller();
  protected readonly queue = injectSnapshot(this.poller);
  protected readonly banks = computed(() => [...(this.queue()?.connections.values() ?? [])]);
  protected readonly failure = signal('');
  protected readonly queueFailure = computed(() => {
    const { failure } = this.queue() ?? {};
    return failure ? wordsForFailure(failure.error) : '';
  });
  protected readonly startWidget = startWidget;
  protected readonly wordsFor = wordsFor;
  protected readonly signOut = signOut;

  constructor() {
    const bridge = injectWidgetBridge();
    const destroyRef = inject(DestroyRef);
    fromEvents(bridge, 'failure').subscribe(({ error }) => {
      console.warn(error.message);
      this.failure.set(wordsForFailure(error));
    });
    fromEvents(this.poller, 'failure').subscribe(({ error }) => console.warn(error.message));
    afterNextRender(() => bridge && destroyRef.onDestroy(attachWidget(bridge)));
  }
}

// The bridge and the poller end with the application.
const providers = [provideWidgetBridge(createBridge), provideQueuePoller(createPoller)];
bootstrapApplication(Insights, { providers }).catch(console.error);
