import type { QueuePoller, QueueSnapshot } from '../index.ts';
import { useSnapshot } from './use-snapshot.ts';

const NOTHING: QueueSnapshot = { status: 'idle', queueId: undefined, connections: new Map() };

/**
 * What a poller knows. The component renders anew with each change.
 *
 * @param poller As `useQueuePoller` returns it: as long as it is `undefined`, it is `idle` and knows nothing.
 */
export function useQueue(poller: QueuePoller | undefined): QueueSnapshot;
/**
 * A part of what a poller knows. The component renders anew when that part is another.
 *
 * @param select Takes the part that the component reads. May make a new object: it is asked once for each snapshot.
 */
export function useQueue<T>(poller: QueuePoller | undefined, select: (snapshot: QueueSnapshot) => T): T;
export function useQueue(
  poller: QueuePoller | undefined,
  select: (snapshot: QueueSnapshot) => unknown = whole,
): unknown {
  return useSnapshot(poller, NOTHING, select);
}

function whole(snapshot: QueueSnapshot): QueueSnapshot {
  return snapshot;
}
