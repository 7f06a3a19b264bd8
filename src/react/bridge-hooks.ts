import type { BridgeEvents, BridgeSnapshot, WidgetBridge } from '../index.ts';
import { useSourceEvent } from './effects.ts';
import { useOwned } from './use-owned.ts';
import { useSnapshot } from './use-snapshot.ts';

const NO_REQUESTS: BridgeSnapshot = { pending: [], disposed: false };

/**
 * Creates a bridge when the component mounts, and disposes it in the microtask after the component unmounts. A component
 * that mounts again at once, as under StrictMode, keeps its bridge. For another user, give the component another `key`.
 *
 * @param create Creates the bridge. Called once per mount, never during rendering. The signal aborts after the bridge is
 *   disposed: pass it to `nativeTransport` or `portTransport`, so that they end too. An error that `create` throws
 *   goes to the error boundary.
 * @returns The bridge. `undefined` on a server and in the first rendering; the component renders again before the
 *   browser paints.
 * @example
 * ```tsx
 * import { httpTransport, WidgetBridge } from 'bankside';
 * import { useWidgetBridge } from 'bankside/react';
 * import type { FC } from 'react';
 *
 * declare const Widget: FC<{ handlePersoEvent: (message: unknown) => void }>; // the vendor's
 *
 * function Insights({ authToken }: { authToken: () => Promise<string> }) {
 *   const bridge = useWidgetBridge(
 *     () => new WidgetBridge({ transport: httpTransport({ endpoints: { pserver: '/api/execute' }, authToken }) }),
 *   );
 *   return bridge && <Widget handlePersoEvent={bridge.handlePersoEvent} />;
 * }
 * ```
 */
export function useWidgetBridge(create: (signal: AbortSignal) => WidgetBridge): WidgetBridge | undefined {
  return useOwned(create, dispose);
}

/**
 * The snapshot of a bridge. The component renders again with each change.
 *
 * @param bridge As `useWidgetBridge` returns it. While it is `undefined`, no request is pending.
 */
export function useBridge(bridge: WidgetBridge | undefined): BridgeSnapshot;
/**
 * A part of a bridge's snapshot. The component renders again when that part changes.
 *
 * @param select Returns the part. Called once per snapshot, so that it may return a new object each time.
 * @example
 * ```tsx
 * import type { WidgetBridge } from 'bankside';
 * import { useBridge } from 'bankside/react';
 *
 * function Busy({ bridge }: { bridge: WidgetBridge | undefined }) {
 *   const isBusy = useBridge(bridge, ({ pending }) => pending.length > 0);
 *   return <progress hidden={!isBusy} />;
 * }
 * ```
 */
export function useBridge<T>(bridge: WidgetBridge | undefined, select: (snapshot: BridgeSnapshot) => T): T;
export function useBridge(
  bridge: WidgetBridge | undefined,
  select: (snapshot: BridgeSnapshot) => unknown = whole,
): unknown {
  return useSnapshot(bridge, NO_REQUESTS, select);
}

/**
 * Calls the handler of the last rendering for each event of a bridge, while the component is mounted.
 *
 * @param type An event that does not exist throws the `INVALID_CALL` of `on` at the nearest error boundary.
 * @example
 * ```tsx
 * import type { WidgetBridge } from 'bankside';
 * import { useBridgeEvent } from 'bankside/react';
 *
 * function Navigation({ bridge, navigate }: { bridge: WidgetBridge | undefined; navigate(to: unknown): void }) {
 *   useBridgeEvent(bridge, 'navigateToPage', ({ data }) => navigate(data));
 *   return null;
 * }
 * ```
 */
export function useBridgeEvent<K extends keyof BridgeEvents>(
  bridge: WidgetBridge | undefined,
  type: K,
  handler: (event: BridgeEvents[K]) => void,
): void {
  useSourceEvent(bridge, type, handler);
}

function dispose(bridge: WidgetBridge): void {
  bridge.dispose();
}

function whole(snapshot: BridgeSnapshot): BridgeSnapshot {
  return snapshot;
}
