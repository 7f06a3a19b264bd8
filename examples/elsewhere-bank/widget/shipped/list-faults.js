/**
 * What a widget has to say against the page by now, oldest first. That a request waits is no fault yet.
 *
 * @param {import('bankside/testing/doubles').TestWidget} widget
 * @returns {string[]}
 */
export function listFaults(widget) {
  try {
    widget.assertExactlyOnce();
    return [];
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return message.split('\n').filter((line) => !line.endsWith(' was not answered'));
  }
}
