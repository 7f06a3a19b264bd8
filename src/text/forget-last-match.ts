/**
 * Engines keep what a regular expression matched last, where every script of the page can read it: `RegExp.input`,
 * `RegExp.$1`. An empty match takes its place.
 */
export function forgetLastMatch(): void {
  // Not `/^/.test('')`: bundlers take that for a call without effect, and leave it out.
  RegExp.prototype.test.call(/^/, '');
}
