/**
 * Hooks that create, read and dispose the bridge and a poller.
 *
 * @module bankside/react
 */
'use client'; // for React Server Components: hooks run only in the browser

export { useBridge, useBridgeEvent, useWidgetBridge } from './react/bridge-hooks.ts';
export { useConnection, useQueue, useQueueEvent, useQueuePoller } from './react/queue-hooks.ts';
export { useLoadedWidget, type WidgetLoad } from './react/use-loaded-widget.ts';
