import type { QueuePoller } from 'bankside';
import { useQueueEvent } from 'bankside/react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { announcementOf } from '../../../shared/connections/announcement.js';
import type { Cards } from '../../../shared/connections/cards.js';
import { linkAgain } from '../../../shared/connections/link-again.js';
import { Outage } from '../../../shared/connections/outage.js';
import { createAnnouncer } from '../../../shared/dom/announcer.js';
import type { Stage } from '../../../shared/sandbox/stage.js';
import { Card } from './card.tsx';
import { OutageLine } from './outage-line.tsx';

export function Connections({
  poller,
  cards,
  stage,
}: {
  poller: QueuePoller;
  cards: Cards;
  stage: Stage | undefined;
}): ReactNode {
  const { ids, stories, focus } = useSyncExternalStore(cards.subscribe, cards.getSnapshot);
  const region = useRef<HTMLParagraphElement>(null);
  const announce = useRef<ReturnType<typeof createAnnouncer>>(undefined);
  const say = useCallback((words: string, topic: string) => {
    if (!region.current) return;
    announce.current ??= createAnnouncer(region.current);
    announce.current(words, topic);
  }, []);
  useQueueEvent(poller, 'connection', ({ connection, previous }) => {
    const words = announcementOf(connection, previous);
    if (words) say(words, connection.id);
  });
  const outage = useMemo(() => new Outage(poller), [poller]);
  useEffect(() => outage.follow((words) => say(words, 'outage')), [outage, say]);
  return (
    <section id="connections" aria-labelledby="connections-title" tabIndex={-1}>
      <div className="connections-head">
        <h2 id="connections-title">Bringing in your other banks</h2>
        <OutageLine outage={outage} />
      </div>
      <ul className="syncs" role="list">
        {ids.map((id) => (
          <Card
            key={id}
            id={id}
            poller={poller}
            story={stories[id]}
            stage={stage}
            focus={focus?.id === id ? focus : undefined}
            close={() => cards.close(id)}
          />
        ))}
      </ul>
      <div className="syncs-none" id="connections-none" hidden={ids.length > 0}>
        <p>Nothing is being brought in at the moment. Link a bank, and watch here how its accounts arrive.</p>
        <button type="button" className="button-quiet" onClick={linkAgain}>
          Link another bank
        </button>
      </div>
      <p className="visually-hidden" role="status" id="connections-status" ref={region} />
    </section>
  );
}
