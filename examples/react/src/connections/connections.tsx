import type { QueuePoller } from 'bankside';
import { useQueueEvent } from 'bankside/react';
import type { ReactNode } from 'react';
import { announcementOf } from '../../../elsewhere-bank/connections/announcement.js';
import { useAnnouncer } from '../use-announcer.ts';
import { Card } from './card.tsx';
import { linkAgain } from './link-again.ts';
import type { Cards } from './use-cards.ts';
import type { Stage } from './use-stage.ts';

export function Connections({
  poller,
  cards,
  stage,
}: {
  poller: QueuePoller;
  cards: Cards;
  stage: Stage | undefined;
}): ReactNode {
  const { ids, stories, focus } = cards;
  const [announce, region] = useAnnouncer();
  useQueueEvent(poller, 'connection', ({ connection, previous }) => {
    const words = announcementOf(connection, previous);
    if (words) announce(words, connection.id);
  });
  return (
    <section id="connections" aria-labelledby="connections-title" tabIndex={-1}>
      <h2 id="connections-title">Bringing in your other banks</h2>
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
