const page = crypto.randomUUID();

/**
 * The name of a request on the wire: pages have the same ids, and a push channel serves all of them.
 *
 * @param {string | number} requestId
 */
export function tagOf(requestId) {
  return `${page}.${requestId}`;
}

/**
 * The page's own id again, or nothing if the tag is another page's.
 *
 * @param {string} tag
 */
export function idOf(tag) {
  return tag.startsWith(`${page}.`) ? tag.slice(page.length + 1) : undefined;
}
