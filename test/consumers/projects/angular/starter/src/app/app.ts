import { Component, computed } from '@angular/core';
import { injectQueuePoller, injectSnapshot } from 'bankside/angular';
import { connectionProviders } from './connection-providers';
import { Insights } from './insights';
import { Connection } from './pasted/angular/a-user-s-bank-connections-2';
import { Busy } from './pasted/angular/show-pending-requests';

@Component({
  selector: 'app-root',
  imports: [Busy, Connection, Insights],
  providers: connectionProviders,
  template: `
    <h1>Your money</h1>
    <bank-busy />
    <bank-insights />
    @for (id of ids(); track id) {
      <bank-connection [id]="id" />
    }
  `,
})
export class App {
  private readonly snapshot = injectSnapshot(injectQueuePoller());
  protected readonly ids = computed(() => [...(this.snapshot()?.connections.keys() ?? [])]);
}
