import type { ConnectionState, QueuePoller } from 'bankside';
import { useQueueEvent } from 'bankside/react';
import { useCallback, useState } from 'react';
import { noStory, type Story, withEvent, withLookUp } from '../../../elsewhere-bank/connections/story.js';
import { Watched } from '../../../elsewhere-bank/connections/watched.js';
import { whenKnown } from '../../../elsewhere-bank/connections/when-known.js';

export interface Cards {
  /** Of the connections that are shown, newest first. */
  readonly ids: readonly string[];
  readonly stories: Readonly<Record<string, Story>>;
  /** Another object each time that a card is to have the focus. */
  readonly focus: { readonly id: string } | undefined;
  /** Shows a connection from now on; resolves once it is shown. */
  watch(id: string): Promise<void>;
  close(id: string): void;
}

/** The banks that are being linked or updated. One that neither does anything nor needs anybody is shown if it is watched. */
export function useCards(poller: QueuePoller | undefined): Cards {
  const [watched] = useState(() => new Watched());
  const [ids, setIds] = useState<readonly string[]>([]);
  const [stories, setStories] = useState<Readonly<Record<string, Story>>>({});
  const [focus, setFocus] = useState<{ id: string }>();

  const show = useCallback(
    (id: string): ConnectionState | undefined => {
      const connection = poller?.connections.get(id);
      if (!connection || !(watched.has(id) || connection.syncing || connection.action)) return undefined;
      watched.add(id);
      setIds((shown) => (shown.includes(id) ? shown : [id, ...shown]));
      return connection;
    },
    [poller, watched],
  );

  function tell(id: string, next: (story: Story, connection: ConnectionState) => Story): void {
    const connection = show(id);
    if (connection) setStories((all) => ({ ...all, [id]: next(all[id] ?? noStory, connection) }));
  }

  useQueueEvent(poller, '*', (event) => {
    const { id } = (event['resource'] ?? {}) as { id?: unknown };
    tell(String(id), (story, connection) => withEvent(story, event, connection));
  });
  useQueueEvent(poller, 'channel', ({ connectionId, channelDefinitionId, status, source }) => {
    if (source !== 'reconcile' || status === 'UNKNOWN') return;
    tell(connectionId, (story) => withLookUp(story, channelDefinitionId, status));
  });
  useQueueEvent(poller, 'connection', ({ connection }) => void show(connection.id));

  const watch = useCallback(
    async (id: string) => {
      if (!poller) return;
      watched.add(id);
      await whenKnown(poller, id);
      show(id);
      setFocus({ id });
    },
    [poller, watched, show],
  );

  return {
    ids,
    stories,
    focus,
    watch,
    close(id) {
      watched.delete(id);
      setIds((shown) => shown.filter((one) => one !== id));
      setStories(({ [id]: _closed, ...others }) => others);
      document.getElementById('connections')?.focus({ preventScroll: true });
    },
  };
}
