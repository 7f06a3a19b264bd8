const DAY = 86_400_000;

// Created once: `toLocaleDateString` would create a format for every date.
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

/** The date some days from now, as `YYYY-MM-DD`. A negative number is in the past. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** The short names of the last months, the current month last. */
export function lastMonths(count: number): string[] {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index)));
    return MONTH.format(month);
  });
}

/** The short names of the next days, today first. */
export function nextDays(count: number): string[] {
  return Array.from({ length: count }, (_, index) => WEEKDAY.format(Date.now() + index * DAY));
}
