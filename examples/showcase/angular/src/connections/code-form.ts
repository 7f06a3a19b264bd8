import { Component, inject, input, signal } from '@angular/core';
import { STAGE } from '../tokens.ts';

@Component({
  selector: 'form[bankCodeForm]',
  host: { class: 'code-form', '(submit)': 'send($event)' },
  template: `
    <label class="field" for="code-{{ connectionId() }}">
      <span>Code</span>
      <input
        id="code-{{ connectionId() }}"
        class="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        required
        maxlength="8"
        attr.aria-describedby="code-{{ connectionId() }}-note"
      />
    </label>
    <button type="submit" class="button" [attr.aria-disabled]="isSent()">Send the code</button>
    <p id="code-{{ connectionId() }}-note" class="row-note" role="status">{{ note() }}</p>
  `,
})
export class CodeForm {
  readonly connectionId = input.required<string>();
  private readonly stage = inject(STAGE);
  protected readonly note = signal('Any digits will do here.');
  /** A button that is disabled in earnest would lose the focus. */
  protected readonly isSent = signal(false);

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSent()) return;
    this.isSent.set(true);
    this.note.set('The code is on its way…');
    const isTaken = await this.stage?.answer(this.connectionId()).catch(() => false);
    this.note.set(isTaken ? 'The bank checks the code…' : 'The code was not taken. Please try again.');
    this.isSent.set(Boolean(isTaken));
  }
}
