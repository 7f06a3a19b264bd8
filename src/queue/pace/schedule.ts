/** When to poll, and when to look again at the connections. All in ms. */
export interface Schedule {
  /** From poll to poll while something goes on; half of it after a poll that was asked for. @default 1_800 */
  readonly close: number;
  /** How long it is watched closely after the last thing that happened. @default 30_000 */
  readonly closeFor: number;
  /** From poll to poll while nothing goes on: 144 polls a day. @default 600_000 */
  readonly idle: number;
  /** From poll to poll while something goes on, and nobody sees the page. @default 60_000 */
  readonly hidden: number;
  /** The longest time without a poll. The queue's own 15 minutes leave room for a second try. @default 780_000 */
  readonly keepAlive: number;
  /** From look to look at connections that synchronise. @default 30_000 */
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

/** A queue dies so long after its last query, in ms. */
export const QUEUE_LIFE = 900_000;

/** How long the user may take to answer a challenge while it is watched closely, in ms. */
export const TIME_TO_ANSWER = 300_000;

/** What the pace depends on. */
export interface Pace {
  readonly isClose: boolean;
  readonly isHidden: boolean;
}

/**
 * From one poll to the next, in ms. A constant gap while something goes on: with the same number of polls,
 * any other gives later events. But half of it after a poll that was asked for: that one came too early to find
 * anything, and the second is to come in the middle of what it would else have waited for. A little jitter keeps
 * pages that began together from staying together.
 *
 * @param jitter From 0 to 1.
 */
export function pollGap(
  { isClose, isHidden, wasAsked }: Pace & { readonly wasAsked: boolean },
  schedule: Schedule,
  jitter: number,
): number {
  const { close, hidden, idle, keepAlive } = schedule;
  const busy = (isHidden ? Math.max(close, hidden) : close) / (wasAsked ? 2 : 1);
  return Math.min((isClose ? busy : idle) * (0.95 + jitter / 10), keepAlive);
}

const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 60_000;

/**
 * How long to wait after the nth failure in a row, in ms: twice as long each time, up to a minute on average,
 * spread widely; and after what the server asked for, so that those whom it asked at once don't come at once.
 *
 * @param jitter From 0 to 1.
 */
export function retryGap(failures: number, retryAfter: number, jitter: number): number {
  const gap = Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY) * (0.5 + jitter);
  return gap + retryAfter * (1 + jitter / 10);
}
