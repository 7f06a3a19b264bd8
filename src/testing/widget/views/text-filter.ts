const BARRED = /(<\/?script|<style|url=|url\(|onload|onerror|src=|alert\(|href=|javascript:|redirect \d)./;

/** Whether the widget refuses to show a reply, because of what stands in one of its strings. */
export function isBarred(reply: unknown): boolean {
  return BARRED.test(JSON.stringify(reply));
}
