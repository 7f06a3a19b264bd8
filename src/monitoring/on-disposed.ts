import type { WidgetBridge } from '../index.ts';

/** The members of a bridge that an observation uses. */
export type ObservedBridge = Pick<
  WidgetBridge,
  'on' | 'subscribe' | 'getSnapshot' | 'recentEvents' | 'queue'
>;

/**
 * Calls back once the bridge is disposed and nothing is pending. The snapshot is read once per turn, however much changes in
 * it: the bridge would build a new list of all pending requests for each change.
 */
export function onDisposed(bridge: ObservedBridge, callback: () => void): () => void {
  let isCheckPlanned = false;
  let isDisposed = false;
  let isStopped = false;
  function check(): void {
    isCheckPlanned = false;
    if (isDisposed || isStopped) return;
    const { disposed, pending } = bridge.getSnapshot();
    if (!disposed || pending.length > 0) return;
    isDisposed = true;
    // The failures of the pending requests arrive in the next microtask. Two microtasks later, all are emitted.
    Promise.resolve()
      .then(() => {})
      .then(() => {
        if (!isStopped) callback();
      });
  }
  const unsubscribe = bridge.subscribe(() => {
    if (isCheckPlanned) return;
    isCheckPlanned = true;
    Promise.resolve().then(check);
  });
  check();
  return () => {
    isStopped = true;
    unsubscribe();
  };
}
