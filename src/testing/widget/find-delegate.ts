import { deepExtend, isPlainObject } from './deep-extend.ts';

/** The page's object, of which the widget reads one function for each call. */
export type Delegate = Record<string, unknown>;

type Constructor = new () => Delegate;

/** The page's global constructor, if there is a function of that name. */
export function globalConstructor(): Constructor | undefined {
  const found = (globalThis as { EventDelegate?: unknown }).EventDelegate;
  return typeof found === 'function' ? (found as Constructor) : undefined;
}

/**
 * The delegate of build 21.5: its own option `pDelegate`, or else a new `EventDelegate` from the global scope. A
 * `pDelegate` that is a plain object is cloned, so that a later `initialize`, which merges into `config`, leaves the
 * delegate alone.
 *
 * @throws ReferenceError where there is neither; whatever the constructor throws.
 */
export function findDelegate(config: Readonly<Record<string, unknown>>): Delegate {
  const given = Object.hasOwn(config, 'pDelegate') ? config['pDelegate'] : undefined;
  if (given) return (isPlainObject(given) ? deepExtend({}, given) : given) as Delegate;
  if (!('EventDelegate' in globalThis)) throw new ReferenceError('EventDelegate is not defined');
  return new (globalThis as unknown as { EventDelegate: Constructor }).EventDelegate();
}
