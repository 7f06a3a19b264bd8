import { isPlainObject } from './deep-extend.ts';
import type { Fields } from './request-proxy.ts';

/** A copy of a body in which each field that the configuration has, too, has the configuration's value, also deep inside. */
export function overrideFields(body: object, config: Fields): Fields {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (Object.hasOwn(config, name)) return [name, config[name]];
      return [name, isPlainObject(value) ? overrideFields(value, config) : value];
    }),
  );
}
