import type { BridgeSnapshot, WidgetBridge } from '../index.ts';
import { useSnapshot } from './use-snapshot.ts';

const NOTHING: BridgeSnapshot = { pending: [], disposed: false };

/**
 * What a bridge is doing: its snapshot, or what `select` takes of it. The component renders anew when that is
 * another.
 *
 * @param bridge As `useWidgetBridge` returns it: as long as it is `undefined`, nothing is pending.
 * @param select Takes the part that the component reads. May make a new object.
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
export function useBridge(bridge: WidgetBridge | undefined): BridgeSnapshot;
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
