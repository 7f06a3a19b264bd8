/**
 * The delegate of build 21.5: the option `pDelegate`, of which a plain object was cloned with the configuration, or else what the
 * global constructor `EventDelegate` makes. The option `eventsDelegate` is not looked at.
 *
 * @param {Record<string, unknown>} config
 * @returns {Record<string, any>}
 */
export function findDelegate(config) {
  if (Object.hasOwn(config, 'pDelegate') && config.pDelegate) return Object(config.pDelegate);
  // By its bare name: where there is none, this is the ReferenceError that the build throws.
  return new EventDelegate();
}
