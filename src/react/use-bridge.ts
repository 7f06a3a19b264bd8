import type { BridgeSnapshot, WidgetBridge } from '../index.ts';
import { useSnapshot } from './use-snapshot.ts';

const NOTHING: BridgeSnapshot = { pending: [], disposed: false };

/**
 * What a bridge is doing. The component renders anew with each change.
 *
 * @param bridge As `useWidgetBridge` returns it: as long as it is `undefined`, nothing is pending.
 */
export function useBridge(bridge: WidgetBridge | undefined): BridgeSnapshot;
/**
 * A part of what a bridge is doing. The component renders anew when that part is another.
 *
 * @param select Takes the part that the component reads. May make a new object: it is asked once for each snapshot.
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
  return useSnapshot(bridge, NOTHING, select);
}

function whole(snapshot: BridgeSnapshot): BridgeSnapshot {
  return snapshot;
}
