export { fromEvents } from './angular/from-events.ts';
export { injectConnection } from './angular/inject-connection.ts';
export { injectQueuePoller } from './angular/inject-queue-poller.ts';
export { injectSnapshot, type SnapshotSource } from './angular/inject-snapshot.ts';
export { injectWidgetBridge } from './angular/inject-widget-bridge.ts';
export { provideQueuePoller } from './angular/provide-queue-poller.ts';
export { provideWidgetBridge } from './angular/provide-widget-bridge.ts';
