import { Component, computed, DestroyRef, inject, signal, viewChild } from '@angular/core';
import { injectSnapshot, injectWidgetBridge } from 'bankside/angular';
import { watchBridge } from '../../../elsewhere-bank/activity/watch-bridge.js';
import { Announcer } from '../announcer.ts';
import { ACTIVITY, TIMEOUT } from '../tokens.ts';
import { Rows } from './rows.ts';

@Component({
  selector: 'section[bankActivity]',
  host: { class: 'panel-box panel-log', 'aria-labelledby': 'activity-title' },
  imports: [Announcer, Rows],
  template: `
    <div class="panel-box-head">
      <h3 id="activity-title">What the bridge is doing</h3>
      <button type="button" class="button-quiet" id="activity-clear" (click)="activity.clear()">Clear</button>
    </div>
    <div class="filters" role="group" aria-label="Show requests of" id="activity-filters">
      @for (server of ['all', 'pserver', 'enrich', 'ob']; track server) {
        <button
          type="button"
          [attr.data-server]="server"
          [attr.aria-pressed]="server === shown()"
          (click)="shown.set(server)"
        >
          {{ server === 'all' ? 'All' : server }}
        </button>
      }
    </div>
    <div bankRows="activity" titleId="activity-title" class="activity-scroll" [rows]="rows()"></div>
    <p class="panel-note">
      Requests time out after <strong>{{ seconds }} seconds</strong> here; the default is 30.
    </p>
    <p bankAnnouncer id="activity-status"></p>
  `,
})
export class ActivityPanel {
  protected readonly activity = inject(ACTIVITY);
  protected readonly shown = signal('all');
  private readonly all = injectSnapshot(this.activity);
  protected readonly rows = computed(() => {
    const shown = this.shown();
    return this.all().filter(({ server }) => shown === 'all' || server === shown);
  });
  protected readonly seconds = TIMEOUT / 1_000;
  private readonly announcer = viewChild.required(Announcer);

  constructor() {
    const bridge = injectWidgetBridge();
    if (!bridge) return;
    const stop = watchBridge(bridge, this.activity, (message) => this.announcer().say(message));
    inject(DestroyRef).onDestroy(stop);
  }
}
