import { Component, input } from '@angular/core';
import type { Row } from '../../../elsewhere-bank/activity/activity-store.js';
import { Seconds } from './seconds.ts';

const words = { pending: 'Pending', answered: 'Answered', failed: 'Failed', held: 'Held back', note: '' };

@Component({
  selector: 'div[bankRows]',
  // What scrolls must be in reach of the keyboard.
  host: { tabindex: '0', role: 'region', '[attr.aria-labelledby]': 'titleId()' },
  imports: [Seconds],
  template: `
    <ol class="activity" [id]="name()" role="list">
      @for (row of rows(); track row.key) {
        @if (row.state === 'note') {
          <li class="activity-row activity-note" [attr.data-note]="row.title">
            <span class="activity-title">{{ row.title }}</span>
            <span class="activity-meta">{{ row.detail }}</span>
          </li>
        } @else {
          <li
            class="activity-row"
            [attr.data-server]="row.server"
            [attr.data-type]="row.title"
            [attr.data-request]="row.requestId"
            [attr.data-state]="row.state"
            [attr.data-code]="row.code"
          >
            <span class="activity-title">{{ row.title }}</span>
            @if (row.state === 'pending') {
              <span class="activity-time" [bankSeconds]="row.since"></span>
            } @else {
              <span class="activity-time">{{ row.duration === undefined ? '' : round(row.duration) + ' ms' }}</span>
            }
            <span class="activity-meta">
              @if (row.server) {
                <span class="activity-server">{{ row.server }}</span>
              }
              <span class="activity-id" [title]="row.requestId">{{ row.requestId }}</span>
              <span class="activity-steps">
                @for (step of row.steps; track $index) {
                  <span class="activity-step">{{ step }}</span>
                }
              </span>
            </span>
            <span class="activity-state" [attr.title]="row.code">
              {{ row.code ? words[row.state] + ': ' + row.code : words[row.state] }}
            </span>
          </li>
        }
      }
    </ol>
    <p class="activity-none" [hidden]="rows().length > 0">Nothing yet.</p>
  `,
})
export class Rows {
  readonly name = input.required<string>({ alias: 'bankRows' });
  readonly titleId = input.required<string>();
  readonly rows = input.required<readonly Row[]>();
  protected readonly words = words;
  protected readonly round = Math.round;
}
