/**
 * Engines keep what a regular expression matched last, where every script of the page can read it: `RegExp.input`,
 * `RegExp.$1`. An empty match takes its place.
 */
export function forgetLastMatch(): void {
  // Not as a literal: bundlers take the call for one without effect, and leave it out.
  /(?:)/.test('');
}
