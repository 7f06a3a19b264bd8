const DAY = 86_400_000;

// Each is made once: `toLocaleDateString` makes a new one for every date.
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

/** `YYYY-MM-DD`, so many days from now; a negative number lies in the past. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** Short names of the last months, the current one last. */
export function lastMonths(count: number): string[] {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index)));
    return MONTH.format(month);
  });
}

/** Short names of the coming days, today first. */
export function nextDays(count: number): string[] {
  return Array.from({ length: count }, (_, index) => WEEKDAY.format(Date.now() + index * DAY));
}
