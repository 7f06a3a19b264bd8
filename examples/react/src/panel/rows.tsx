import { type ReactNode, useEffect, useState } from 'react';
import type { Row } from '../../../elsewhere-bank/activity/activity-store.js';

const words = { pending: 'Pending', answered: 'Answered', failed: 'Failed', held: 'Held back' };
const TICK = 100;

interface RowsProps {
  id: string;
  titleId: string;
  className: string;
  rows: readonly Row[];
}

export function Rows({ id, titleId, className, rows }: RowsProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <div className={className} tabIndex={0} role="region" aria-labelledby={titleId}>
      <ol className="activity" id={id} role="list">
        {rows.map((row) =>
          row.state === 'note' ? <Note key={row.key} row={row} /> : <Request key={row.key} row={row} />,
        )}
      </ol>
      <p className="activity-none" hidden={rows.length > 0}>
        Nothing yet.
      </p>
    </div>
  );
}

function Note({ row: { title, detail } }: { row: Row }): ReactNode {
  return (
    <li className="activity-row activity-note" data-note={title}>
      <span className="activity-title">{title}</span>
      <span className="activity-meta">{detail}</span>
    </li>
  );
}

function Request({ row }: { row: Row }): ReactNode {
  const { server, title, requestId, state, code, steps, since, duration } = row;
  if (state === 'note') return null;
  return (
    <li
      className="activity-row"
      data-server={server}
      data-type={title}
      data-request={requestId}
      data-state={state}
      data-code={code}
    >
      <span className="activity-title">{title}</span>
      <span className="activity-time">
        {state === 'pending' ? (
          <Seconds since={since} />
        ) : (
          duration !== undefined && `${Math.round(duration)} ms`
        )}
      </span>
      <span className="activity-meta">
        {server && <span className="activity-server">{server}</span>}
        <span className="activity-id" title={requestId}>
          {requestId}
        </span>
        <span className="activity-steps">
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are added at the end alone
            <span className="activity-step" key={i}>
              {step}
            </span>
          ))}
        </span>
      </span>
      <span className="activity-state" title={code}>
        {code ? `${words[state]}: ${code}` : words[state]}
      </span>
    </li>
  );
}

function Seconds({ since }: { since: number }): ReactNode {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const clock = setInterval(() => setNow(performance.now()), TICK);
    return () => clearInterval(clock);
  }, []);
  return `${Math.max(0, (now - since) / 1_000).toFixed(1)} s`;
}
