const DAY = 86_400_000;

/** `YYYY-MM-DD`, so many days from now; a negative number lies in the past. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** Short names of the last months, the current one last. */
export function lastMonths(count: number): string[] {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index)));
    return month.toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' });
  });
}

/** Short names of the coming days, today first. */
export function nextDays(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.now() + index * DAY).toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' }),
  );
}
