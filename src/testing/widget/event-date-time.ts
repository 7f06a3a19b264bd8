/** Now, in UTC, as `M/D/YYYY H:M:S`, without leading zeros: the widget's form in reports and events. */
export function eventDateTime(): string {
  const now = new Date();
  const date = [now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCFullYear()].join('/');
  return `${date} ${[now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].join(':')}`;
}
