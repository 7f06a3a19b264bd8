type Fields = Record<string, unknown>;

/**
 * Copies the fields of `source` into `target`, as jQuery's deep `extend` does: plain objects and lists are copied,
 * frozen ones too; instances of classes and functions are kept; what is `undefined` is skipped.
 */
export function deepExtend(target: object, source: object | null | undefined): Fields {
  const fields = target as Fields;
  for (const name in source) {
    const value = (source as Fields)[name];
    if (name === '__proto__' || value === target || value === undefined) continue;
    fields[name] = copyOnto(fields[name], value);
  }
  return fields;
}

/** Whether an object was made by `{}` or `Object.create(null)`, in any realm. */
export function isPlainObject(value: unknown): value is Fields {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copyOnto(existing: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return deepExtend(Array.isArray(existing) ? existing : [], value);
  if (isPlainObject(value)) return deepExtend(isPlainObject(existing) ? existing : {}, value);
  return value;
}
