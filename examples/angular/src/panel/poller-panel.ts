import { Component, computed, DestroyRef, inject, signal, viewChild } from '@angular/core';
import { injectQueuePoller, injectSnapshot } from 'bankside/angular';
import { ActivityStore } from '../../../elsewhere-bank/activity/activity-store.js';
import { watchPoller } from '../../../elsewhere-bank/activity/watch-poller.js';
import { Announcer } from '../announcer.ts';
import { Rows } from './rows.ts';

@Component({
  selector: 'section[bankPoller]',
  host: {
    id: 'poller',
    class: 'panel-box',
    'aria-labelledby': 'poller-title',
    '[attr.data-status]': 'snapshot()?.status',
  },
  imports: [Announcer, Rows],
  template: `
    <div class="panel-box-head">
      <h3 id="poller-title">What the queue poller is doing</h3>
      <button type="button" class="button-quiet" id="poller-clear" (click)="log.clear()">Clear</button>
    </div>
    <dl class="facts">
      <div>
        <dt>Status</dt>
        <dd><span class="poller-status" id="poller-status">{{ snapshot()?.status }}</span></dd>
      </div>
      <div>
        <dt>Queue</dt>
        <dd><code id="poller-queue">{{ snapshot()?.queueId ?? 'none' }}</code></dd>
      </div>
      @for (fact of facts; track fact.name) {
        <div>
          <dt>{{ fact.title }}</dt>
          <dd>{{ counts()[fact.name] }}</dd>
        </div>
      }
    </dl>
    <div class="fault-buttons" role="group" aria-labelledby="poller-title">
      <button type="button" class="fault-button" id="poller-nudge" (click)="poller?.nudge()">Poll now</button>
      <button type="button" class="fault-button" id="poller-pause" (click)="pauseOrResume()">
        {{ isPaused() ? 'Resume' : 'Pause' }}
      </button>
    </div>
    <div bankRows="poller-log" titleId="poller-title" class="activity-scroll poller-scroll" [rows]="rows()"></div>
    <p bankAnnouncer id="poller-status-words"></p>
  `,
})
export class PollerPanel {
  protected readonly poller = injectQueuePoller();
  protected readonly log = new ActivityStore();
  protected readonly rows = injectSnapshot(this.log);
  protected readonly snapshot = injectSnapshot(this.poller);
  protected readonly isPaused = computed(() => this.snapshot()?.status === 'paused');
  protected readonly counts = signal({ polls: '0', events: '0', gaps: '0', failures: '0' });
  protected readonly facts = [
    { name: 'polls', title: 'Polls' },
    { name: 'events', title: 'Events' },
    { name: 'gaps', title: 'Gaps' },
    { name: 'failures', title: 'Failures' },
  ] as const;
  private readonly announcer = viewChild.required(Announcer);

  constructor() {
    if (!this.poller) return;
    const stop = watchPoller(this.poller, {
      log: this.log,
      announce: (message) => this.announcer().say(message),
      show: (name, words) => this.counts.update((counts) => ({ ...counts, [name]: words })),
    });
    inject(DestroyRef).onDestroy(stop);
  }

  protected pauseOrResume(): void {
    if (this.isPaused()) this.poller?.resume();
    else this.poller?.pause();
  }
}
