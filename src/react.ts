'use client'; // for React Server Components: hooks run in the browser alone

export { useBridge } from './react/use-bridge.ts';
export { useBridgeEvent } from './react/use-bridge-event.ts';
export { useConnection } from './react/use-connection.ts';
export { useQueue } from './react/use-queue.ts';
export { useQueueEvent } from './react/use-queue-event.ts';
export { useQueuePoller } from './react/use-queue-poller.ts';
export { useWidgetBridge } from './react/use-widget-bridge.ts';
