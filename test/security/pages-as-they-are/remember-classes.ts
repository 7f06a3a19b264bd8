type Owned = readonly [owner: object, descriptors: Record<PropertyKey, PropertyDescriptor>];

/** The classes of this realm and their prototypes, with all that they have. */
function classesNow(): Owned[] {
  const classes = Object.getOwnPropertyNames(globalThis)
    .filter((name) => /^[A-Z]/.test(name))
    .map((name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown)
    .filter((value): value is { prototype: object } => typeof value === 'function');
  return classes
    .flatMap((one) => [one, one.prototype])
    .filter(Boolean)
    .map((owner) => [owner, Object.getOwnPropertyDescriptors(owner) as Owned[1]]);
}

/**
 * Remembers the classes of this realm. A page in a realm of its own reaches some of them all the same, since it is
 * given this realm's: zone.js wraps `addEventListener` of `EventTarget`, and `then` of the promises that `fetch` returns.
 *
 * @returns The function that puts back what was changed since, for the tests that run in this process later.
 */
export function rememberClasses(): () => void {
  const remembered = classesNow();
  return () => {
    for (const [owner, before] of remembered) {
      for (const key of Reflect.ownKeys(owner))
        if (!Object.hasOwn(before, key)) Reflect.deleteProperty(owner, key);
      for (const key of Reflect.ownKeys(before)) putBack(owner, key, before[key] as PropertyDescriptor);
    }
  };
}

function putBack(owner: object, key: PropertyKey, before: PropertyDescriptor): void {
  const now = Object.getOwnPropertyDescriptor(owner, key);
  if (now?.value === before.value && now?.get === before.get && now?.set === before.set) return;
  Object.defineProperty(owner, key, before);
}
