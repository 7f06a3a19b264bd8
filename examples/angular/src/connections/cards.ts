import { Injectable, signal } from '@angular/core';
import type { ConnectionState } from 'bankside';
import { fromEvents, injectQueuePoller } from 'bankside/angular';
import { noStory, type Story, withEvent, withLookUp } from '../../../elsewhere-bank/connections/story.js';
import { Watched } from '../../../elsewhere-bank/connections/watched.js';
import { whenKnown } from '../../../elsewhere-bank/connections/when-known.js';

/** The banks that are being linked or updated. One that neither does anything nor needs anybody is shown if it is watched. */
@Injectable({ providedIn: 'root' })
export class Cards {
  private readonly poller = injectQueuePoller();
  private readonly watched = new Watched();
  /** Of the connections that are shown, newest first. */
  readonly ids = signal<readonly string[]>([]);
  readonly stories = signal<Readonly<Record<string, Story>>>({});
  /** Another object each time that a card is to have the focus. */
  readonly focus = signal<{ readonly id: string } | undefined>(undefined);

  constructor() {
    fromEvents(this.poller, '*').subscribe((event) => {
      const { id } = (event['resource'] ?? {}) as { id?: unknown };
      this.tell(String(id), (story, connection) => withEvent(story, event, connection));
    });
    fromEvents(this.poller, 'channel').subscribe(({ connectionId, channelDefinitionId, status, source }) => {
      if (source !== 'reconcile' || status === 'UNKNOWN') return;
      this.tell(connectionId, (story) => withLookUp(story, channelDefinitionId, status));
    });
    fromEvents(this.poller, 'connection').subscribe(({ connection }) => this.show(connection.id));
  }

  /** Shows a connection from now on; resolves once it is shown. */
  async watch(id: string): Promise<void> {
    if (!this.poller) return;
    this.watched.add(id);
    await whenKnown(this.poller, id);
    this.show(id);
    this.focus.set({ id });
  }

  close(id: string): void {
    this.watched.delete(id);
    this.ids.update((shown) => shown.filter((one) => one !== id));
    this.stories.update(({ [id]: _closed, ...others }) => others);
    document.getElementById('connections')?.focus({ preventScroll: true });
  }

  private show(id: string): ConnectionState | undefined {
    const connection = this.poller?.connections.get(id);
    if (!connection || !(this.watched.has(id) || connection.syncing || connection.action)) return undefined;
    this.watched.add(id);
    this.ids.update((shown) => (shown.includes(id) ? shown : [id, ...shown]));
    return connection;
  }

  private tell(id: string, next: (story: Story, connection: ConnectionState) => Story): void {
    const connection = this.show(id);
    if (connection) this.stories.update((all) => ({ ...all, [id]: next(all[id] ?? noStory, connection) }));
  }
}
