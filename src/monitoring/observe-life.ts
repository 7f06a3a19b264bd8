import type { RecentBridgeEvent, RecentPollerEvent } from '../index.ts';
import { LifeEmitter } from './life-emitter.ts';
import type { LifeEvent } from './life-event.ts';
import { type ObservedBridge, onDisposed } from './on-disposed.ts';
import { type ObservedPoller, pastOf } from './past-of-poller.ts';
import { RequestMarks } from './request-marks.ts';

type RecentEvent = RecentBridgeEvent | RecentPollerEvent;

/**
 * Reports what a bridge and a poller do, as plain events for a bank's own monitoring. The events contain no body, no header
 * value and no token. Ids, types and names that look like names are unchanged; any other text is replaced by a mark such as
 * `#9f8e7d6c5b4a3210`. The first events are those that bridge and poller remember, in order and with their times. Then come those
 * parts of the poller's state that they do not tell: its status, why its last poll failed, connections and channels. It uses
 * only public members.
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
  const marks = new RequestMarks(emitter.nameOf);
  const past: RecentEvent[] = [...(bridge?.recentEvents ?? []), ...(followed ? pastOf(followed) : [])];
  past.sort((one, other) => one.at - other.at);
  let isPast = true;

  function emit(event: RecentEvent): void {
    const { kind, at, ...fields } = event;
    emitter.emit(kind, { ...fields, ...marks.of(event) } as never, at);
  }
  function receive(event: RecentEvent): void {
    // The listener may cause events while it gets the past. They come after it.
    if (isPast) past.push(event);
    else emit(event);
  }

  const stopBridge = bridge?.on('recent', receive);
  const stopPoller = followed?.on('recent', receive);
  for (const event of past) emit(event);
  isPast = false;
  const stopWaiting =
    bridge &&
    onDisposed(bridge, () => {
      emitter.emit('disposed', {});
      stopBridge?.();
      stopWaiting?.();
      if (followed !== bridge.queue) return;
      stopPoller?.();
      emitter.forget();
    });
  return () => {
    emitter.stop();
    stopWaiting?.();
    stopBridge?.();
    stopPoller?.();
  };
}
