import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  viewChild,
} from '@angular/core';
import { fromEvents, injectQueuePoller, injectSnapshot, injectWidgetBridge } from 'bankside/angular';
import { announcementOf } from '../../../shared/connections/announcement.js';
import { followLinks } from '../../../shared/connections/follow-links.js';
import { linkAgain } from '../../../shared/connections/link-again.js';
import { createAnnouncer } from '../../../shared/dom/announcer.js';
import { CARDS, OUTAGE, STAGE } from '../tokens.ts';
import { Card } from './card.ts';
import { OutageLine } from './outage-line.ts';

@Component({
  selector: 'section[bankConnections]',
  host: { id: 'connections', 'aria-labelledby': 'connections-title', tabindex: '-1' },
  imports: [Card, OutageLine],
  template: `
    <div class="connections-head">
      <h2 id="connections-title">Bringing in your other banks</h2>
      <div bankOutage></div>
    </div>
    <ul class="syncs" role="list">
      @for (id of ids(); track id) {
        <li bankCard [id]="id"></li>
      }
    </ul>
    <div class="syncs-none" id="connections-none" [hidden]="ids().length > 0">
      <p>Nothing is being brought in at the moment. Link a bank, and watch here how its accounts arrive.</p>
      <button type="button" class="button-quiet" (click)="linkAgain()">Link another bank</button>
    </div>
    <p class="visually-hidden" role="status" id="connections-status" #status></p>
  `,
})
export class Connections {
  private readonly cards = injectSnapshot(inject(CARDS));
  protected readonly ids = computed(() => this.cards()?.ids ?? []);
  protected readonly linkAgain = linkAgain;
  private readonly status = viewChild.required<ElementRef<HTMLElement>>('status');
  private readonly announce = computed(() => createAnnouncer(this.status().nativeElement));

  constructor() {
    const bridge = injectWidgetBridge();
    const poller = injectQueuePoller();
    const stage = inject(STAGE);
    const destroyRef = inject(DestroyRef);
    if (bridge && poller) destroyRef.onDestroy(followLinks(bridge, poller, stage));
    fromEvents(poller, 'connection').subscribe(({ connection, previous }) => {
      const words = announcementOf(connection, previous);
      if (words) this.announce()(words, connection.id);
    });
    const outage = inject(OUTAGE);
    afterNextRender(() => {
      const unfollow = outage?.follow((words) => this.announce()(words, 'outage'));
      if (unfollow) destroyRef.onDestroy(unfollow);
    });
    poller?.start().then(stage?.goOn, () => {}); // the panel shows a failure
  }
}
