import type { WidgetBridge } from '../index.ts';
import { useOwned } from './use-owned.ts';

/**
 * Makes a bridge when the component mounts, and disposes it when that unmounts, in the microtask after: one that
 * mounts again at once, as under StrictMode, keeps its bridge. For another user, give the component another `key`.
 *
 * @param create Makes the bridge. The signal aborts after the bridge was disposed: give it to what else is made
 *   for the bridge, as `nativeTransport` and `portTransport`. Called once a mount, and not while rendering; what
 *   it throws goes to the error boundary.
 * @returns The bridge; `undefined` on a server and in the first rendering, which is not shown: the component
 *   renders anew before the browser paints.
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

function dispose(bridge: WidgetBridge): void {
  bridge.dispose();
}
