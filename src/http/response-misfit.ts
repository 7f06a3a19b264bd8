import { attempt, describe, isFunction, isObject } from '../check.ts';

/** What is read of each response, in words. */
const READ: Readonly<Record<string, (response: Response) => boolean>> = {
  'ok (true or false)': ({ ok }) => typeof ok === 'boolean',
  'status (a number)': ({ status }) => typeof status === 'number',
  'headers.get()': ({ headers }) => isFunction(headers.get),
  'text()': ({ text }) => isFunction(text),
};

/** What is read too if hooks of the page may read the response first. */
const READ_FOR_HOOKS: typeof READ = {
  ...READ,
  'clone()': ({ clone }) => isFunction(clone),
  'arrayBuffer()': ({ arrayBuffer }) => isFunction(arrayBuffer),
};

/**
 * Says what a `fetch` returned in place of a `Response`: tests often replace it by a function that returns nothing, or an object
 * with a few of its members. `undefined`: it fits.
 */
export function responseMisfit(returned: unknown, hasHooks: boolean): string | undefined {
  const read = hasHooks ? READ_FOR_HOOKS : READ;
  const missing = Object.keys(read).filter(
    (name) => attempt(() => read[name]?.(returned as Response)) !== true,
  );
  if (missing.length === 0) return undefined;
  return isObject(returned) ? `an object without ${missing.join(', ')}` : describe(returned);
}
