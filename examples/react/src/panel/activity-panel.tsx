import type { WidgetBridge } from 'bankside';
import { type ReactNode, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ActivityStore } from '../../../elsewhere-bank/activity/activity-store.js';
import { watchBridge } from '../../../elsewhere-bank/activity/watch-bridge.js';
import { TIMEOUT } from '../set-up.ts';
import { useAnnouncer } from '../use-announcer.ts';
import { Rows } from './rows.tsx';

const servers = ['all', 'pserver', 'enrich', 'ob'];

export function ActivityPanel({
  bridge,
  activity,
}: {
  bridge: WidgetBridge | undefined;
  activity: ActivityStore;
}): ReactNode {
  const rows = useSyncExternalStore(activity.subscribe, activity.getSnapshot);
  const [shown, setShown] = useState('all');
  const [announce, region] = useAnnouncer();
  // Before the widget asks for anything, which it does in an effect.
  useLayoutEffect(() => bridge && watchBridge(bridge, activity, announce), [bridge, activity, announce]);
  return (
    <section className="panel-box panel-log" aria-labelledby="activity-title">
      <div className="panel-box-head">
        <h3 id="activity-title">What the bridge is doing</h3>
        <button type="button" className="button-quiet" id="activity-clear" onClick={() => activity.clear()}>
          Clear
        </button>
      </div>
      <div className="filters" role="group" aria-label="Show requests of" id="activity-filters">
        {servers.map((server) => (
          <button
            type="button"
            key={server}
            data-server={server}
            aria-pressed={server === shown}
            onClick={() => setShown(server)}
          >
            {server === 'all' ? 'All' : server}
          </button>
        ))}
      </div>
      <Rows
        id="activity"
        titleId="activity-title"
        className="activity-scroll"
        rows={rows.filter(({ server }) => shown === 'all' || server === shown)}
      />
      <p className="panel-note">
        Requests time out after <strong>{TIMEOUT / 1_000} seconds</strong> here; the default is 30.
      </p>
      <p className="visually-hidden" role="status" id="activity-status" ref={region} />
    </section>
  );
}
