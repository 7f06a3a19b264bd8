import { attempt } from '../check.ts';

/** Like a WeakMap, but all copies of the package on a page see the same values. */
export interface SharedMap<T> {
  get(object: object): T | undefined;
  set(object: object, value: T): void;
  delete(object: object): void;
}

/**
 * Creates a map from objects of the page. A value is a hidden property of its object. An object that takes no further
 * property has its value here, where other copies do not see it.
 *
 * @param name Names what the values are. Other versions of the package read them too: values of another form need another
 *   name.
 */
export function sharedMap<T>(name: string): SharedMap<T> {
  const key = Symbol.for(`bankside.${name}`);
  const others = new WeakMap<object, T>();
  const hidden = (object: object): T | undefined =>
    attempt(() => Object.getOwnPropertyDescriptor(object, key)?.value);
  return {
    get: (object) => others.get(object) ?? hidden(object),
    set(object, value) {
      attempt(() => Reflect.defineProperty(object, key, { value, configurable: true }));
      if (hidden(object) !== value) others.set(object, value); // it is frozen, or a proxy of its own mind
    },
    delete(object) {
      attempt(() => Reflect.deleteProperty(object, key));
      others.delete(object);
    },
  };
}
