import { httpTransport, type QueuePoller, WidgetBridge, widgetActions } from 'bankside';
import { useWidgetBridge } from 'bankside/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type Bank, channelOptions, TIMEOUT } from '../../shared/config.js';
import { Cards } from '../../shared/connections/cards.js';
import { followLinks } from '../../shared/connections/follow-links.js';
import { ActivityLog } from '../../shared/panel/activity-log.js';
import { createStage } from '../../shared/sandbox/stage.js';
import { actionOptions } from '../../shared/widget-options.js';
import { Accounts, Transactions } from './accounts.tsx';
import { Connections } from './connections/connections.tsx';
import { Header } from './header.tsx';
import { Inspector, Panel } from './panel.tsx';
import { Widget } from './widget.tsx';

export function BankPage({ bank, poller }: { bank: Bank; poller?: QueuePoller }): ReactNode {
  const { config, banks } = bank;
  const [log] = useState(() => new ActivityLog({ id: 'activity', titleId: 'activity-title' }));
  const bridge = useWidgetBridge(
    () => new WidgetBridge({ transport: httpTransport(channelOptions(config, log)), timeout: TIMEOUT }),
  );
  const cards = useMemo(() => poller && new Cards(poller), [poller]);
  const stage = useMemo(
    () => (poller && cards && banks ? createStage({ poller, banks, watch: cards.watch }) : undefined),
    [poller, cards, banks],
  );

  useEffect(() => cards?.follow(), [cards]);
  useEffect(() => {
    poller?.start().then(stage?.goOn, () => {}); // the panel shows a failure
  }, [poller, stage]);
  useEffect(() => bridge && poller && followLinks(bridge, poller, stage), [bridge, poller, stage]);
  useEffect(() => bridge && widgetActions(bridge, actionOptions), [bridge]);

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
          {poller && cards && <Connections poller={poller} cards={cards} stage={stage} />}
          <Transactions />
        </main>
        {bridge && <Panel bridge={bridge} poller={poller} stage={stage} log={log} />}
      </div>
      {bridge && <Inspector bridge={bridge} poller={poller} />}
      <footer className="bank-footer">
        <p>
          Elsewhere Bank is invented. This page shows the <code>bankside</code> package at work, with React.
        </p>
      </footer>
    </>
  );
}
