import { followBridge } from './follow-bridge.ts';
import { followPoller } from './follow-poller.ts';
import type { LifeEvent } from './life-event.ts';
import type { ObservedBridge, ObservedPoller } from './observed.ts';
import { createTelling } from './telling.ts';

/**
 * Tells the life of a bridge and a poller as plain events, for a bank's own monitoring: no body and no value of a
 * header is in them, and so no token. Ids, types and names are those that the widget gave, where they look like names;
 * for any other text stands a mark such as `#9f8e7d6c5b4a3210`, which says nothing of it. First it tells what is known
 * already: the requests that are pending, the poller's status, the state of each channel. It takes no more from either
 * than their public events.
 *
 * @param bridge The bridge, if there is one. Once it is disposed, its part ends by itself.
 * @param poller The poller; default: the bridge's. The bridge's own ends with the bridge, another one does not.
 * @param listener Is called for each event, in the order in which they happen, within the call that they happen in. An event
 * that holds a mark may be told a moment later, when the browser has made the mark, and so are those that happen
 * meanwhile. What the listener throws stops nothing.
 * @returns Ends it at once: what waits for a mark is told no more. Nothing is left of it then.
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
  const telling = createTelling(listener);
  const leaveBridge = bridge ? followBridge(bridge, telling, ended) : noop;
  const leavePoller = followed ? followPoller(followed, telling.tell) : noop;
  function ended(): void {
    if (followed !== bridge?.queue) return;
    leavePoller();
    telling.forget();
  }
  return () => {
    telling.end();
    leaveBridge();
    leavePoller();
  };
}

function noop(): void {}
