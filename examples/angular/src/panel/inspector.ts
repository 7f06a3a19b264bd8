import {
  Component,
  CUSTOM_ELEMENTS_SCHEMA,
  type ElementRef,
  effect,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { injectQueuePoller, injectWidgetBridge } from 'bankside/angular';
import type { BanksideInspector } from 'bankside/inspector';
import { BANK } from '../tokens.ts';

/** Shows the inspector on demand: nobody loads it who does not ask for it. */
@Component({
  selector: 'section[bankInspector]',
  host: { class: 'inspector-room', 'aria-labelledby': 'inspector-title' },
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <div class="inspector-head">
      <div>
        <h2 id="inspector-title">The inspector</h2>
        <p>Requests, the queue and the banks’ channels as a picture: loaded when you ask for it, and not before.</p>
      </div>
      <button
        type="button"
        class="button"
        id="inspector-toggle"
        [attr.aria-expanded]="isShown()"
        (click)="toggle()"
      >
        {{ isShown() ? 'Hide the inspector' : 'Show the inspector' }}
      </button>
    </div>
    <div id="inspector">
      @if (isShown()) {
        <bankside-inspector #inspector />
      }
    </div>
  `,
})
export class Inspector {
  protected readonly isShown = signal(false);
  private readonly element = viewChild<ElementRef<BanksideInspector>>('inspector');

  constructor() {
    const bridge = injectWidgetBridge();
    const poller = inject(BANK).hasQueue ? injectQueuePoller() : undefined;
    effect(() => {
      const inspector = this.element()?.nativeElement;
      inspector?.observe(bridge, poller);
      inspector?.scrollIntoView({ block: 'nearest' }); // the button may be at the bottom of the window
    });
  }

  protected async toggle(): Promise<void> {
    const { defineInspector } = await import('bankside/inspector');
    defineInspector();
    this.isShown.update((isShown) => !isShown);
  }
}
