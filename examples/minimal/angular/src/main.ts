import { afterNextRender, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { widgetActions } from 'bankside';
import {
  fromEvents,
  injectQueuePoller,
  injectSnapshot,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from 'bankside/angular';
import { createBridge, createPoller, startWidget, user } from './bank.ts';

@Component({
  selector: 'main[bankInsights]',
  template: `
    <h1>Your money</h1>
    <p role="alert">{{ failure() }}</p>
    <div id="insights"></div>
    <button type="button" (click)="startWidget()">All insights</button>
    <h2>Your banks</h2>
    <ul aria-live="polite">
      @for (bank of banks(); track bank.id) {
        <li>{{ bank.name }}: {{ bank.action ? 'needs you: ' + bank.action.type : bank.syncing ? 'synchronising' : bank.status }}</li>
      }
    </ul>
  `,
})
class Insights {
  private readonly queue = injectSnapshot(injectQueuePoller());
  protected readonly banks = computed(() => [...(this.queue()?.connections.values() ?? [])]);
  protected readonly failure = signal('');
  protected readonly startWidget = startWidget;

  constructor() {
    const bridge = injectWidgetBridge();
    const destroyRef = inject(DestroyRef);
    fromEvents(bridge, 'failure').subscribe(({ error }) => this.failure.set(error.message));
    fromEvents(injectQueuePoller(), 'failure').subscribe(({ error }) => this.failure.set(error.message));
    afterNextRender(() => {
      if (!bridge) return;
      const { personetics, PersoWidget } = window;
      destroyRef.onDestroy(bridge.attach(personetics, PersoWidget));
      destroyRef.onDestroy(
        widgetActions(bridge, { widget: personetics, element: '#insights', config: user }),
      );
      startWidget();
    });
  }
}

// The bridge and the poller end with the application.
bootstrapApplication(Insights, {
  providers: [provideWidgetBridge(createBridge), provideQueuePoller(createPoller)],
}).catch(console.error);
