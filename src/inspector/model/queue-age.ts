import type { QueueLife } from './life-log.ts';

/** A queue expires so long after it was asked last, in ms, as Linxo Connect’s documents say. */
export const QUEUE_LIFE: number = 15 * 60_000;

/** How long ago the queue was asked, in ms; undefined as long as that is not known. */
export function queueAge({ askedAt }: QueueLife, now: number): number | undefined {
  return askedAt === undefined ? undefined : Math.max(0, now - askedAt);
}
