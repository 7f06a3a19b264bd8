import type { QueuePoller, WidgetBridge } from '../index.ts';

/** What is needed of a bridge. */
export type ObservedBridge = Pick<WidgetBridge, 'on' | 'subscribe' | 'getSnapshot' | 'queue'>;

/** What is needed of a poller. */
export type ObservedPoller = Pick<QueuePoller, 'on' | 'getSnapshot' | 'nextPollIn'>;
