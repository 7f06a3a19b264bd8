import { followBridge, type ObservedBridge } from './follow-bridge.ts';
import { followPoller, type ObservedPoller } from './follow-poller.ts';
import { LifeEmitter } from './life-emitter.ts';
import type { LifeEvent } from './life-event.ts';

/**
 * Reports what a bridge and a poller do, as plain events for a bank's own monitoring. The events contain no body, no header
 * value and no token. Ids, types and names that look like names are unchanged; any other text is replaced by a mark such as
 * `#9f8e7d6c5b4a3210`. The first events describe the current state: the pending requests, the poller's status, why its last
 * poll failed, each connection and each channel. It uses only public events.
 *
 * @param bridge The bridge, if there is one. Its observation ends when it is disposed.
 * @param poller The poller. Default: the bridge's poller, whose observation ends with the bridge's.
 * @param listener Called synchronously for each event, in order. An event with a mark may be emitted a moment later, when
 *   the browser has computed the mark; later events wait for it. An error that the listener throws is reported to the page.
 * @returns Stops the observation. Events that wait for a mark are dropped.
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
  const emitter = new LifeEmitter(listener);
  const stopBridge = bridge && followBridge(bridge, emitter, stopWithBridge);
  const stopPoller = followed && followPoller(followed, emitter);
  function stopWithBridge(): void {
    if (followed !== bridge?.queue) return;
    stopPoller?.();
    emitter.forget();
  }
  return () => {
    emitter.stop();
    stopBridge?.();
    stopPoller?.();
  };
}
