import { type ReactNode, useSyncExternalStore } from 'react';
import type { Outage } from '../../../shared/connections/outage.js';

/** What the page says while the bank's updates cannot be read. */
export function OutageLine({ outage }: { outage: Outage }): ReactNode {
  const { words, next, remedy } = useSyncExternalStore(outage.subscribe, outage.getSnapshot);
  return (
    <div className="outage" data-shown={words !== ''}>
      <p>{`${words} ${next}`}</p>
      <button type="button" className="button-quiet" hidden={!remedy} onClick={outage.remedy}>
        {remedy}
      </button>
    </div>
  );
}
