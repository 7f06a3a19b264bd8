import { Component, computed, input } from '@angular/core';
import { paths } from '../../shared/widget/icon.js';

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
