import { Component, computed, inject, input } from '@angular/core';
import type { ConnectionState, RequiredAction } from 'bankside';
import { linkAgain } from '../../../shared/connections/link-again.js';
import { prompts } from '../../../shared/connections/prompts.js';
import { addressAtBank } from '../../../shared/connections/visit.js';
import { nameOf } from '../../../shared/connections/words.js';
import { Icon } from '../icon.ts';
import { STAGE } from '../tokens.ts';
import { CodeForm } from './code-form.ts';

/** What the customer has to do before a connection can go on. */
@Component({
  selector: 'div[bankPrompt]',
  host: {
    class: 'prompt',
    role: 'group',
    '[attr.aria-labelledby]': '"prompt-" + connection().id',
    '[attr.data-prompt]': 'action().type',
  },
  imports: [CodeForm, Icon],
  template: `
    <div class="prompt-words">
      <h4 id="prompt-{{ connection().id }}">{{ prompt().title(bank()) }}</h4>
      <p>{{ prompt().text }}</p>
    </div>
    @if (action().type === 'CHALLENGE_REQUIRED') {
      @if (stage) {
        <form bankCodeForm [connectionId]="connection().id"></form>
      } @else {
        <p class="row-note">It is entered where you signed in.</p>
      }
    } @else if (!stage) {
      <button type="button" class="button" data-remedy="link-again" (click)="linkAgain()">Link this bank again</button>
    } @else if (prompt().go; as go) {
      <a class="button" data-remedy="visit" [href]="address()">{{ go(bank()) }}<svg bankIcon="forward"></svg></a>
    } @else {
      <button type="button" class="button" data-remedy="sign-in" (click)="stage.signIn(connection().id)">
        Sign in again
      </button>
    }
  `,
})
export class Prompt {
  readonly action = input.required<RequiredAction>();
  readonly connection = input.required<ConnectionState>();
  protected readonly stage = inject(STAGE);
  protected readonly bank = computed(() => nameOf(this.connection()));
  protected readonly prompt = computed(() => prompts[this.action().type]);
  protected readonly address = computed(() => addressAtBank(this.connection(), this.action().type));
  protected readonly linkAgain = linkAgain;
}
