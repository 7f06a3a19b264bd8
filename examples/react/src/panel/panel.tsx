import type { QueuePoller, WidgetBridge } from 'bankside';
import { type ReactNode, useEffect } from 'react';
import type { ActivityStore } from '../../../elsewhere-bank/activity/activity-store.js';
import { insightFaults } from '../../../elsewhere-bank/sandbox/insight-faults.js';
import { listenForReplies } from '../../../elsewhere-bank/sandbox/pushed-replies.js';
import { queueFaults } from '../../../elsewhere-bank/sandbox/queue-faults.js';
import type { Stage } from '../connections/use-stage.ts';
import { ActivityPanel } from './activity-panel.tsx';
import { NextSynchronisation } from './next-synchronisation.tsx';
import { PollerPanel } from './poller-panel.tsx';
import { Troubles } from './troubles.tsx';

interface PanelProps {
  bridge: WidgetBridge | undefined;
  poller: QueuePoller | undefined;
  stage: Stage | undefined;
  activity: ActivityStore;
  isSandbox: boolean;
}

export function Panel({ bridge, poller, stage, activity, isSandbox }: PanelProps): ReactNode {
  return (
    <aside id="bridge-panel" className="bridge-panel" aria-labelledby="bridge-panel-title" tabIndex={-1}>
      <header className="panel-head">
        <h2 id="bridge-panel-title">Behind the page</h2>
        <p>
          The widget never talks to a server. It asks this page, and the bridge answers over the bank’s own
          channel.
        </p>
      </header>
      <ActivityPanel bridge={bridge} activity={activity} />
      {isSandbox && bridge && <Misbehaviour bridge={bridge} />}
      {poller && <PollerPanel poller={poller} />}
      {stage && (
        <>
          <NextSynchronisation stage={stage} />
          <Troubles
            id="queue-fault"
            title="Make the queue misbehave"
            hint="Each button spoils what the poller does next. While something goes on, it polls every half second here; the default is 1.8 seconds."
            troubles={queueFaults}
            resetName="queue-reset"
            afterReset="The queue behaves again."
          />
        </>
      )}
    </aside>
  );
}

/** Of the servers that the widget asks: a reply may come over the push channel, too. */
function Misbehaviour({ bridge }: { bridge: WidgetBridge }): ReactNode {
  useEffect(
    () => listenForReplies((response, requestId) => bridge.handlePServerResponse(response, requestId)),
    [bridge],
  );
  return (
    <Troubles
      id="fault"
      title="Make the sandbox misbehave"
      hint="Each button asks for the insights again, and spoils that one request."
      troubles={insightFaults}
      resetName="reset"
      afterReset="The sandbox behaves again."
      then={() => window.personetics.refresh('insights')}
    />
  );
}
