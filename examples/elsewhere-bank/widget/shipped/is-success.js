/**
 * What build 21.5 takes for a success. It compares loosely.
 *
 * @param {any} reply
 */
export function isSuccess(reply) {
  if (reply === null || reply === undefined) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: as the build does
  if (Object.hasOwn(Object(reply), 'ok') && reply.ok == 1) return true;
  // biome-ignore lint/suspicious/noDoubleEquals: as the build does
  return reply.status == 200;
}
