/**
 * Clears what engines keep of the last match of a regular expression: every script of the page can read it as `RegExp.input`
 * and `RegExp.$1`. An empty match replaces it.
 */
export function forgetLastMatch(): void {
  // Not `/^/.test('')`: bundlers remove that, as a call without effect.
  RegExp.prototype.test.call(/^/, '');
}
