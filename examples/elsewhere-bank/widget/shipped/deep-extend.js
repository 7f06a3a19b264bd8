/**
 * Copies what is given into a configuration: plain objects are copied, instances of classes and functions stay what they are, and
 * `undefined` is left out.
 *
 * @param {Record<string, any>} target
 * @param {object} given
 */
export function deepExtend(target, given) {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === '__proto__') continue;
    // Always a new object: what was read from an earlier configuration, such as the delegate, stays as it was.
    target[name] = isPlain(value)
      ? deepExtend(isPlain(target[name]) ? { ...target[name] } : {}, value)
      : value;
  }
  return target;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
