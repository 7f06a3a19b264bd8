/**
 * What happens in a bridge and a poller, as plain data without secrets.
 *
 * @module bankside/monitoring
 */

export type { LifeEvent, LifeEvents, RequestLife } from './monitoring/life-event.ts';
export { observeLife } from './monitoring/observe-life.ts';
export type { ObservedBridge } from './monitoring/on-disposed.ts';
export type { ObservedPoller } from './monitoring/past-of-poller.ts';
