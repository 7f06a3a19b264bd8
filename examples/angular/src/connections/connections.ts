import { Component, inject, viewChild } from '@angular/core';
import { fromEvents, injectQueuePoller } from 'bankside/angular';
import { announcementOf } from '../../../elsewhere-bank/connections/announcement.js';
import { Announcer } from '../announcer.ts';
import { STAGE } from '../tokens.ts';
import { Card } from './card.ts';
import { Cards } from './cards.ts';
import { followLinks } from './follow-links.ts';
import { linkAgain } from './link-again.ts';

@Component({
  selector: 'section[bankConnections]',
  host: { id: 'connections', 'aria-labelledby': 'connections-title', tabindex: '-1' },
  imports: [Announcer, Card],
  template: `
    <h2 id="connections-title">Bringing in your other banks</h2>
    <ul class="syncs" role="list">
      @for (id of cards.ids(); track id) {
        <li bankCard [id]="id"></li>
      }
    </ul>
    <div class="syncs-none" id="connections-none" [hidden]="cards.ids().length > 0">
      <p>Nothing is being brought in at the moment. Link a bank, and watch here how its accounts arrive.</p>
      <button type="button" class="button-quiet" (click)="linkAgain()">Link another bank</button>
    </div>
    <p bankAnnouncer id="connections-status"></p>
  `,
})
export class Connections {
  protected readonly cards = inject(Cards);
  protected readonly linkAgain = linkAgain;
  private readonly announcer = viewChild.required(Announcer);

  constructor() {
    const poller = injectQueuePoller();
    const stage = inject(STAGE);
    followLinks(poller, stage);
    fromEvents(poller, 'connection').subscribe(({ connection, previous }) => {
      const words = announcementOf(connection, previous);
      if (words) this.announcer().say(words, connection.id);
    });
    poller?.start().then(stage?.goOn, () => {}); // how it fails, the panel tells
  }
}
