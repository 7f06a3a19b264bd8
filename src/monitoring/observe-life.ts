import { followBridge } from './follow-bridge.ts';
import { followPoller } from './follow-poller.ts';
import { lifeNow } from './life-clock.ts';
import type { LifeEvent } from './life-event.ts';
import type { ObservedBridge, ObservedPoller, TellLife } from './observed.ts';

/**
 * Tells the life of a bridge and a poller as plain events, for a bank's own monitoring: no header and no
 * body is in them, and so no token; ids, types and names are those that the widget gave. First it tells what is known already: the requests that are pending, the poller's status, the state of each
 * channel. It takes no more from either than their public events.
 *
 * @param bridge The bridge, if there is one. Once it is disposed, its part ends by itself.
 * @param poller The poller; default: the bridge's. The bridge's own ends with the bridge, another one does not.
 * @param listener Is called for each event, in turn. What it throws stops nothing.
 * @returns Ends it. Nothing is left of it then.
 * @example
 * ```ts
 * import type { WidgetBridge } from 'bankside';
 * import { observeLife } from 'bankside/monitoring';
 *
 * declare const bridge: WidgetBridge;
 * const stop = observeLife(bridge, undefined, (event) => {
 *   if (event.kind === 'failure') navigator.sendBeacon('/metrics', JSON.stringify(event));
 * });
 * ```
 */
export function observeLife(
  bridge: ObservedBridge | undefined,
  poller: ObservedPoller | undefined,
  listener: (event: LifeEvent) => void,
): () => void {
  const followed = poller ?? bridge?.queue;
  const tell: TellLife = (kind, event, at = lifeNow()) => {
    try {
      listener({ kind, at, ...event } as LifeEvent);
    } catch (error) {
      (globalThis.reportError ?? console.error)(error);
    }
  };
  const leaveBridge = bridge ? followBridge(bridge, tell, ended) : noop;
  const leavePoller = followed ? followPoller(followed, tell) : noop;
  function ended(): void {
    if (followed === bridge?.queue) leavePoller();
  }
  return () => {
    leaveBridge();
    leavePoller();
  };
}

function noop(): void {}
