/**
 * Reads a reply in any of the forms in which pages hand it over: an object, JSON text, or Base64 of UTF-8 JSON.
 *
 * @param {unknown} response
 * @returns {Record<string, any>}
 */
export function readResponse(response) {
  const value = typeof response === 'string' ? readText(response) : response;
  if (typeof value !== 'object' || value === null) throw new TypeError('A reply is to be an object');
  return value;
}

/** @param {string} text */
function readText(text) {
  return JSON.parse(/^\s*[{[]/.test(text) ? text : fromBase64(text));
}

/** @param {string} text */
function fromBase64(text) {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}
