type Owned = readonly [owner: object, descriptors: Record<PropertyKey, PropertyDescriptor>];

/** The classes of this realm and their prototypes, with all properties. */
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
 * Remembers the classes of this realm. A page in its own realm can change some of them, since it gets objects of
 * this realm: zone.js wraps `addEventListener` of `EventTarget`, and `then` of the promises that `fetch` returns.
 *
 * @returns A function that restores them for later tests in this process.
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
