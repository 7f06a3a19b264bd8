/**
 * Where the widget wants the bank to go: shipped widgets have it in `data` of what they pass.
 *
 * @param {unknown} message
 * @returns {unknown}
 */
export function navigateTargetOf(message) {
  const { data } = /** @type {{ data?: { navigateTarget?: unknown } }} */ (message ?? {});
  return data?.navigateTarget;
}
