import { Component, computed, inject } from '@angular/core';
import { injectSnapshot } from 'bankside/angular';
import { OUTAGE } from '../tokens.ts';

/** What the page says while the bank's updates cannot be read. */
@Component({
  selector: 'div[bankOutage]',
  host: { class: 'outage', '[attr.data-shown]': '!!words()' },
  template: `
    <p>{{ words() }} {{ next() }}</p>
    <button type="button" class="button-quiet" [hidden]="!remedy()" (click)="outage?.remedy()">{{ remedy() }}</button>
  `,
})
export class OutageLine {
  protected readonly outage = inject(OUTAGE);
  private readonly snapshot = injectSnapshot(this.outage);
  protected readonly words = computed(() => this.snapshot()?.words ?? '');
  protected readonly next = computed(() => this.snapshot()?.next);
  protected readonly remedy = computed(() => this.snapshot()?.remedy);
}
