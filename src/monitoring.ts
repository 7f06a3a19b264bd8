export type { LifeEvent, LifeEvents, RequestLife } from './monitoring/life-event.ts';
export { observeLife } from './monitoring/observe-life.ts';
export type { ObservedBridge, ObservedPoller } from './monitoring/observed.ts';
