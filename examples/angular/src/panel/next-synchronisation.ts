import { Component, inject } from '@angular/core';
import { choosePlay, nextPlay } from '../../../elsewhere-bank/sandbox/next-play.js';
import { scenarios, speeds } from '../../../elsewhere-bank/sandbox/scenarios.js';
import { STAGE } from '../tokens.ts';

/** How the next synchronisation may go. */
@Component({
  selector: 'form[bankNextSynchronisation]',
  host: {
    id: 'next-sync',
    class: 'panel-box',
    'aria-labelledby': 'next-sync-title',
    autocomplete: 'off',
    '(submit)': 'start($event)',
  },
  template: `
    <h3 id="next-sync-title">How the next bank behaves</h3>
    <p class="panel-note">Holds for the next bank that is linked, or updated again.</p>
    <label class="field" for="next-scenario">
      <span>What happens there</span>
      <select id="next-scenario" #scenario (change)="choose({ scenario: scenario.value })">
        @for (one of scenarios; track one[0]) {
          <option [value]="one[0]" [selected]="one[0] === play.scenario">{{ one[1] }}</option>
        }
      </select>
    </label>
    <label class="field" for="next-speed">
      <span>How fast</span>
      <select id="next-speed" #speed (change)="choose({ speed: +speed.value })">
        @for (one of speeds; track one[0]) {
          <option [value]="one[0]" [selected]="+one[0] === play.speed">{{ one[1] }}</option>
        }
      </select>
    </label>
    <div class="fault-buttons">
      <button type="submit" class="fault-button">Start one</button>
      <button type="button" class="fault-button" id="confirm-there" (click)="stage?.confirm()">
        Confirm in the app
      </button>
    </div>
  `,
})
export class NextSynchronisation {
  protected readonly stage = inject(STAGE);
  protected readonly scenarios = Object.entries(scenarios);
  protected readonly speeds = Object.entries(speeds);
  protected readonly play = nextPlay();
  protected readonly choose = choosePlay;

  protected start(event: Event): void {
    event.preventDefault();
    void this.stage?.startOne();
  }
}
