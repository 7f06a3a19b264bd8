import { Component, computed, input, linkedSignal, output } from '@angular/core';
import { forgetFaults } from '../../../elsewhere-bank/sandbox/faults.js';
import type { Trouble } from '../../../elsewhere-bank/sandbox/trouble.js';

/** Buttons that make something go wrong, and what to expect of that. */
@Component({
  selector: 'section[bankTroubles]',
  host: {
    class: 'panel-box',
    '[id]': 'name() + "s"',
    '[attr.aria-labelledby]': 'name() + "s-title"',
  },
  template: `
    <h3 id="{{ name() }}s-title">{{ heading() }}</h3>
    <p class="fault-expect" role="status" id="{{ name() }}-expect">{{ words() }}</p>
    <div class="fault-buttons" role="group" attr.aria-labelledby="{{ name() }}s-title">
      @for (trouble of all(); track trouble.name) {
        <button type="button" class="fault-button" [attr.data-fault]="trouble.name" (click)="cause(trouble)">
          {{ trouble.label }}
        </button>
      }
    </div>
  `,
})
export class Troubles {
  readonly name = input.required<string>({ alias: 'bankTroubles' });
  readonly heading = input.required<string>();
  readonly hint = input.required<string>();
  readonly troubles = input.required<readonly Trouble[]>();
  readonly resetName = input.required<string>();
  readonly afterReset = input.required<string>();
  readonly caused = output();
  protected readonly words = linkedSignal(() => this.hint());
  protected readonly all = computed((): Trouble[] => [
    ...this.troubles(),
    {
      name: this.resetName(),
      label: 'Reset',
      expect: this.afterReset(),
      make: () => forgetFaults().then(() => true),
    },
  ]);

  protected async cause({ make, expect }: Trouble): Promise<void> {
    this.words.set(''); // so that the same words are said again
    const isDone = await make().catch(() => false);
    this.words.set(isDone ? expect : 'The sandbox did not take that.');
    if (isDone) this.caused.emit();
  }
}
