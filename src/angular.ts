/**
 * The bridge and a poller by dependency injection, with their state as signals and observables.
 *
 * @module bankside/angular
 */
export { fromEvents } from './angular/from-events.ts';
export { injectConnection } from './angular/inject-connection.ts';
export { injectLoadedWidget, type WidgetLoad } from './angular/inject-loaded-widget.ts';
export { injectSnapshot, type SnapshotSource } from './angular/inject-snapshot.ts';
export {
  injectQueuePoller,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from './angular/providers.ts';
