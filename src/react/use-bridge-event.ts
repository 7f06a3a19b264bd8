import type { BridgeEvents, WidgetBridge } from '../index.ts';
import { useSourceEvent } from './use-source-event.ts';

/**
 * Calls the handler of the last rendering for each event of a bridge, as long as the component is mounted.
 *
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
