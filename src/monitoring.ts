export type { ObservedBridge } from './monitoring/follow-bridge.ts';
export type { ObservedPoller } from './monitoring/follow-poller.ts';
export type { LifeEvent, LifeEvents, RequestLife } from './monitoring/life-event.ts';
export { observeLife } from './monitoring/observe-life.ts';
