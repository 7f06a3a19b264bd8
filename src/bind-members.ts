/**
 * Gives an instance its methods, getters and setters as properties of its own, bound to it. Stores such as Vue's or Valtio's
 * keep objects behind proxies, and a method that runs on a proxy cannot reach the private fields. Subclasses count: their
 * members come first, and what is the instance's own already stays.
 *
 * Call it at the end of the constructor. A function that is put on a prototype later does not reach the instance.
 */
export function bindMembers(instance: object): void {
  let prototype: object | null = Object.getPrototypeOf(instance);
  while (prototype && prototype !== Object.prototype) {
    for (const name of Reflect.ownKeys(prototype)) bindMember(instance, prototype, name);
    prototype = Object.getPrototypeOf(prototype);
  }
}

/** Not enumerable, as on the prototype; and configurable, so that a test can replace it, and a subclass can have a field. */
function bindMember(instance: object, prototype: object, name: string | symbol): void {
  const member = Object.getOwnPropertyDescriptor(prototype, name);
  if (!member || name === 'constructor' || Object.hasOwn(instance, name)) return;
  const bound: PropertyDescriptor = { configurable: true };
  if (typeof member.value === 'function') {
    bound.value = member.value.bind(instance);
    bound.writable = true;
  }
  if (member.get) bound.get = member.get.bind(instance);
  if (member.set) bound.set = member.set.bind(instance);
  if (bound.value || bound.get || bound.set) Object.defineProperty(instance, name, bound);
}
