/** Whether build 21.5 takes a reply for a success: its own `ok` is loosely 1, or its `status` loosely 200. */
export function isSuccess(reply: unknown): boolean {
  if (reply === null || reply === undefined) return false;
  const { ok, status } = reply as { ok?: unknown; status?: unknown };
  return (Object.hasOwn(reply, 'ok') && isLoosely(ok, 1)) || isLoosely(status, 200);
}

/** The widget compares so: `'1'`, `true` and `' 200 '` count. */
function isLoosely(value: unknown, number: number): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the widget's own comparison
  return value == number;
}
