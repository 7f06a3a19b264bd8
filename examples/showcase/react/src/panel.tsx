import type { QueuePoller, WidgetBridge } from 'bankside';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { ActivityLog } from '../../shared/panel/activity-log.js';
import { createInspectorRoom } from '../../shared/panel/inspector-room.js';
import { createPanel } from '../../shared/panel/panel.js';
import type { Stage } from '../../shared/sandbox/stage.js';

interface Observed {
  bridge: WidgetBridge;
  poller: QueuePoller | undefined;
}

interface PanelProps extends Observed {
  stage: Stage | undefined;
  log: ActivityLog;
}

export function Panel({ bridge, poller, stage, log }: PanelProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  // Before the widget asks for anything, which it does in an effect.
  useLayoutEffect(() => {
    const panel = createPanel({ log, poller, stage });
    place.current?.replaceChildren(...panel.elements);
    const unwatch = panel.watch(bridge);
    return () => {
      unwatch();
      panel.stop();
    };
  }, [bridge, poller, stage, log]);
  return (
    <aside id="bridge-panel" className="bridge-panel" aria-labelledby="bridge-panel-title" tabIndex={-1}>
      <header className="panel-head">
        <h2 id="bridge-panel-title">Behind the page</h2>
        <p>
          The widget never talks to a server. It asks this page, and the bridge answers over the bank’s own
          channel.
        </p>
      </header>
      <div className="panel-boxes" ref={place} />
    </aside>
  );
}

export function Inspector({ bridge, poller }: Observed): ReactNode {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (place.current)
      createInspectorRoom(place.current, () => import('bankside/inspector')).watch(bridge, poller);
  }, [bridge, poller]);
  return <section className="inspector-room" aria-labelledby="inspector-title" ref={place} />;
}
