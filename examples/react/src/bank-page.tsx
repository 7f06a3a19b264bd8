import type { QueuePoller } from 'bankside';
import { useBridgeEvent, useWidgetBridge } from 'bankside/react';
import { type ReactNode, useState } from 'react';
import { ActivityStore } from '../../elsewhere-bank/activity/activity-store.js';
import { navigateTargetOf } from '../../elsewhere-bank/navigate-target.js';
import { idOf } from '../../elsewhere-bank/sandbox/request-tag.js';
import { Accounts, Transactions } from './accounts.tsx';
import { Connections } from './connections/connections.tsx';
import { useCards } from './connections/use-cards.ts';
import { useStage } from './connections/use-stage.ts';
import { Header } from './header.tsx';
import { Inspector } from './panel/inspector.tsx';
import { Panel } from './panel/panel.tsx';
import type { Bank } from './set-up.ts';
import { Widget } from './widget.tsx';

export function BankPage({ bank, poller }: { bank: Bank; poller?: QueuePoller }): ReactNode {
  const [activity] = useState(() => new ActivityStore());
  const bridge = useWidgetBridge(() =>
    bank.openBridge(({ tag, outcome }) => activity.find(idOf(tag ?? '') ?? '')?.addStep(outcome)),
  );
  const cards = useCards(poller);
  const stage = useStage(poller, bank.banks, cards.watch);

  useBridgeEvent(bridge, 'navigateToPage', ({ data }) => {
    if (navigateTargetOf(data) !== 'accounts') return;
    const accounts = document.getElementById('accounts');
    accounts?.scrollIntoView({ block: 'start' });
    accounts?.focus({ preventScroll: true });
  });
  useBridgeEvent(bridge, 'widgetEvent', ({ params }) => {
    const { eventType, data } = (params ?? {}) as { eventType?: unknown; data?: Record<string, unknown> };
    if (eventType !== 'bankLinked') return;
    stage?.link({ id: String(data?.['institutionId']), name: String(data?.['name']) });
    poller?.nudge();
  });

  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <Header bridge={bridge} />
      <div className="page">
        <main id="main" tabIndex={-1}>
          <div className="greeting">
            <h1>Good to see you</h1>
            <p>Last signed in yesterday at 18:42</p>
          </div>
          <Accounts />
          <Widget bridge={bridge} />
          {poller && <Connections poller={poller} cards={cards} stage={stage} />}
          <Transactions />
        </main>
        <Panel
          bridge={bridge}
          poller={poller}
          stage={stage}
          activity={activity}
          isSandbox={bank.banks !== undefined}
        />
      </div>
      <Inspector bridge={bridge} poller={poller} />
      <footer className="bank-footer">
        <p>
          Elsewhere Bank is invented. This page shows the <code>bankside</code> package at work, with React.
        </p>
      </footer>
    </>
  );
}
