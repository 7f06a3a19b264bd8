import type { QueuePoller } from 'bankside';
import { useQueue } from 'bankside/react';
import { type ReactNode, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { ActivityStore } from '../../../elsewhere-bank/activity/activity-store.js';
import { watchPoller } from '../../../elsewhere-bank/activity/watch-poller.js';
import { useAnnouncer } from '../use-announcer.ts';
import { Rows } from './rows.tsx';

export function PollerPanel({ poller }: { poller: QueuePoller }): ReactNode {
  const { status, queueId = 'none' } = useQueue(poller);
  const [counts, setCounts] = useState({ polls: '0', events: '0', gaps: '0', failures: '0' });
  const [log] = useState(() => new ActivityStore());
  const rows = useSyncExternalStore(log.subscribe, log.getSnapshot);
  const [announce, region] = useAnnouncer();
  useLayoutEffect(
    () =>
      watchPoller(poller, {
        log,
        announce,
        show: (name, words) => setCounts((counts) => ({ ...counts, [name]: words })),
      }),
    [poller, log, announce],
  );
  const isPaused = status === 'paused';
  return (
    <section className="panel-box" id="poller" aria-labelledby="poller-title" data-status={status}>
      <div className="panel-box-head">
        <h3 id="poller-title">What the queue poller is doing</h3>
        <button type="button" className="button-quiet" id="poller-clear" onClick={() => log.clear()}>
          Clear
        </button>
      </div>
      <dl className="facts">
        <Fact name="Status">
          <span className="poller-status" id="poller-status">
            {status}
          </span>
        </Fact>
        <Fact name="Queue">
          <code id="poller-queue">{queueId}</code>
        </Fact>
        <Fact name="Polls">{counts.polls}</Fact>
        <Fact name="Events">{counts.events}</Fact>
        <Fact name="Gaps">{counts.gaps}</Fact>
        <Fact name="Failures">{counts.failures}</Fact>
      </dl>
      <div className="fault-buttons" role="group" aria-labelledby="poller-title">
        <button type="button" className="fault-button" id="poller-nudge" onClick={() => poller.nudge()}>
          Poll now
        </button>
        <button
          type="button"
          className="fault-button"
          id="poller-pause"
          onClick={() => (isPaused ? poller.resume() : poller.pause())}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </button>
      </div>
      <Rows id="poller-log" titleId="poller-title" className="activity-scroll poller-scroll" rows={rows} />
      <p className="visually-hidden" role="status" id="poller-status-words" ref={region} />
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
