import type { QueuePoller } from 'bankside';
import { useConnection, useQueue } from 'bankside/react';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { doubtWords, mayBeOld } from '../../../shared/connections/doubt.js';
import { hasAccounts, isOver, phaseOf, phases, topicOf } from '../../../shared/connections/phase.js';
import { noStory, type Story } from '../../../shared/connections/story.js';
import { nameOf } from '../../../shared/connections/words.js';
import type { Stage } from '../../../shared/sandbox/stage.js';
import { Icon } from '../icon.tsx';
import { Lane } from './lane.tsx';
import { Prompt } from './prompt.tsx';

interface CardProps {
  id: string;
  poller: QueuePoller;
  story: Story | undefined;
  stage: Stage | undefined;
  focus: object | undefined;
  close: () => void;
}

/** A bank that is being linked or updated: what each of its channels tells, and what the customer is to do. */
export function Card({ id, poller, story = noStory, stage, focus, close }: CardProps): ReactNode {
  const connection = useConnection(poller, id);
  const queue = useQueue(poller);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) title.current?.focus();
  }, [focus]);
  if (!connection) return null;

  const bank = nameOf(connection);
  const phase = phaseOf(connection);
  const { tag, look, text } = phases[phase];
  const { action } = connection;
  const topic = topicOf(connection);
  return (
    <li
      className="sync"
      data-connection={id}
      data-phase={phase}
      data-is-over={isOver(connection)}
      data-is-old={mayBeOld(connection, queue)}
      aria-labelledby={`sync-${id}`}
    >
      <div className="sync-head">
        <h3 id={`sync-${id}`} tabIndex={-1} ref={title}>
          {bank}
        </h3>
        <p className="sync-state">
          <span className={look}>{tag}</span>{' '}
          <span className="sync-doubt">{doubtWords(connection, queue)}</span>
        </p>
        <button
          type="button"
          className="button-round sync-close"
          data-sync="close"
          aria-label="Close"
          aria-describedby={`sync-${id}`}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="sync-body">
        <Leaving className="sync-message" key={topic} next={title}>
          {action ? (
            <Prompt action={action} connection={connection} bank={bank} stage={stage} />
          ) : (
            <>
              <p>{text(bank)}</p>
              <p className="sync-latest" hidden={phase !== 'running'}>
                {story.latest}
              </p>
            </>
          )}
        </Leaving>
        <div className="lanes">
          {[...connection.channels.values()].map((channel) => (
            <Lane key={channel.id} channel={channel} steps={story.lanes[channel.id]} />
          ))}
        </div>
      </div>
      <Leaving className="sync-buttons" key={`${topic} buttons`} next={title}>
        {hasAccounts(phase) && (
          <button
            type="button"
            className="button-quiet"
            data-sync="accounts"
            onClick={() => window.personetics.show('linked')}
          >
            See the accounts
          </button>
        )}
        {(hasAccounts(phase) || phase === 'failed') && stage && (
          <button type="button" className="button-quiet" data-sync="again" onClick={() => stage.again(id)}>
            Update again
          </button>
        )}
      </Leaving>
    </li>
  );
}

/** Hands the focus on when what has it goes away. */
function Leaving({
  className,
  next,
  children,
}: {
  className: string;
  next: RefObject<HTMLElement | null>;
  children: ReactNode;
}): ReactNode {
  const part = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const node = part.current;
    return () => {
      if (node?.contains(document.activeElement)) next.current?.focus({ preventScroll: true });
    };
  }, [next]);
  return (
    <div className={className} ref={part}>
      {children}
    </div>
  );
}
