/** What the widget may not set: they would name another user, or another server. */
const NOT_THE_WIDGETS = /^(authtoken|authorization|cookie|host)$/i;

/** Those of the headers that a widget asked for that it may have; none as `undefined`. */
export function allowedHeaders(
  headers: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const allowed = Object.entries(headers).filter(([name]) => !NOT_THE_WIDGETS.test(name));
  return allowed.length > 0 ? Object.fromEntries(allowed) : undefined;
}
