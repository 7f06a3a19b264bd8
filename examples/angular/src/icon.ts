import { Component, computed, input } from '@angular/core';

const paths = { close: 'M6 6l12 12M18 6 6 18', forward: 'M9.5 5.5 16 12l-6.5 6.5' };

/** A line drawing that says nothing by itself: whatever holds it has words. */
@Component({
  selector: 'svg[bankIcon]',
  host: { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
  template: '<svg:path [attr.d]="path()" />',
})
export class Icon {
  readonly name = input.required<keyof typeof paths>({ alias: 'bankIcon' });
  protected readonly path = computed(() => paths[this.name()]);
}
