import { deepExtend, isPlainObject } from './deep-extend.ts';

/** The page's object with the functions that the widget calls. */
export type Delegate = Record<string, unknown>;

type Constructor = new () => Delegate;

/** The page's global constructor `EventDelegate`, if it exists. */
export function globalConstructor(): Constructor | undefined {
  const found = (globalThis as { EventDelegate?: unknown }).EventDelegate;
  return typeof found === 'function' ? (found as Constructor) : undefined;
}

/**
 * The delegate of build 21.5: the own option `pDelegate`, or an instance of the global `EventDelegate`. A plain object is
 * cloned, because a later `initialize` merges into `config`, and must not change the delegate.
 *
 * @throws ReferenceError without both. Errors of the constructor are not caught.
 */
export function findDelegate(config: Readonly<Record<string, unknown>>): Delegate {
  const given = Object.hasOwn(config, 'pDelegate') ? config['pDelegate'] : undefined;
  if (given) return (isPlainObject(given) ? deepExtend({}, given) : given) as Delegate;
  if (!('EventDelegate' in globalThis)) throw new ReferenceError('EventDelegate is not defined');
  return new (globalThis as unknown as { EventDelegate: Constructor }).EventDelegate();
}
