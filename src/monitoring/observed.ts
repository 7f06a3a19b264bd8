import type { QueuePoller, WidgetBridge } from '../index.ts';
import type { LifeEvents } from './life-event.ts';

/** What is needed of a bridge. */
export type ObservedBridge = Pick<WidgetBridge, 'on' | 'subscribe' | 'getSnapshot' | 'queue'>;

/** What is needed of a poller. */
export type ObservedPoller = Pick<QueuePoller, 'on' | 'getSnapshot' | 'nextPollIn'>;

/** Hands one event on. `at`: default, now. */
export type TellLife = <K extends keyof LifeEvents>(kind: K, event: LifeEvents[K], at?: number) => void;
