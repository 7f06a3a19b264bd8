/** When to poll, and when to read the connections again. All in ms. */
export interface Schedule {
  /** Between polls while something happens. Half of it after a poll that was requested. @default 1_800 */
  readonly close: number;
  /** How long to poll at that rate after the last event. @default 30_000 */
  readonly closeFor: number;
  /** Between polls while nothing happens: 144 polls a day. @default 600_000 */
  readonly idle: number;
  /** Between polls while something happens and the page is hidden. @default 60_000 */
  readonly hidden: number;
  /** The longest time without a poll. The queue expires after 15 minutes, so one more try is possible. @default 780_000 */
  readonly keepAlive: number;
  /** Between readings of connections that synchronise. @default 30_000 */
  readonly reconcile: number;
}

export const DEFAULT_SCHEDULE: Schedule = {
  close: 1_800,
  closeFor: 30_000,
  idle: 600_000,
  hidden: 60_000,
  keepAlive: 780_000,
  reconcile: 30_000,
};

/** A queue expires so long after its last read, in ms. */
export const QUEUE_LIFE = 900_000;

/** How long to poll closely while the user answers a challenge, in ms. */
export const TIME_TO_ANSWER = 300_000;

/** What the gap between polls depends on. */
export interface Pace {
  /** Whether to poll closely, since something happens. */
  readonly isClose: boolean;
  readonly isHidden: boolean;
}

/**
 * The time between two polls, in ms. While something happens, the gap is constant: with the same number of polls, any other
 * pattern delivers events later. After a requested poll, it is half as long, since that poll often comes too early. Because of
 * the jitter, pages that started together do not poll together.
 *
 * @param jitter From 0 to 1.
 */
export function pollGap(
  { isClose, isHidden, wasRequested }: Pace & { readonly wasRequested: boolean },
  schedule: Schedule,
  jitter: number,
): number {
  const { close, hidden, idle, keepAlive } = schedule;
  const busy = (isHidden ? Math.max(close, hidden) : close) / (wasRequested ? 2 : 1);
  return Math.min((isClose ? busy : idle) * (0.95 + jitter / 10), keepAlive);
}

const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 60_000;

/**
 * The backoff after the nth failure in a row, in ms: twice as long each time, up to a minute on average, with much jitter.
 * It is added to the wait that the server asked for, so that not all pages come back together.
 *
 * @param jitter From 0 to 1.
 */
export function retryGap(failures: number, retryAfter: number, jitter: number): number {
  const gap = Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY) * (0.5 + jitter);
  return gap + retryAfter * (1 + jitter / 10);
}
