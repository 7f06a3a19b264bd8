/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Builds an element without any HTML text, so that the page needs no Trusted Types policy.
 * Attributes that are `false`, `null` or `undefined` are left out; a function is a listener of the event it is named for.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/**
 * An element of the page's own markup.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} with the id “${id}”`);
  return found;
}

/**
 * @template {Element} T
 * @param {T} node
 * @param {Record<string, unknown>} attributes
 * @param {Child[]} children
 * @returns {T}
 */
function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, /** @type {EventListener} */ (value));
    else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
    }
  }
  node.append(...children.filter(isPresent));
  return node;
}

/** @param {Child} child @returns {child is Node | string} */
function isPresent(child) {
  return child instanceof Node || (typeof child === 'string' && child !== '');
}
