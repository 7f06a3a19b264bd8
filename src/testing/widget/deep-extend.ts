export type WidgetFields = Record<string, unknown>;

/**
 * Copies the fields of `source` into `target`, like jQuery's deep `extend`: plain objects and lists are copied, even frozen
 * ones; class instances and functions are kept; `undefined` is skipped.
 */
export function deepExtend(target: object, source: object | null | undefined): WidgetFields {
  const fields = target as WidgetFields;
  for (const name in source) {
    const value = (source as WidgetFields)[name];
    if (name === '__proto__' || value === target || value === undefined) continue;
    fields[name] = copyOnto(fields[name], value);
  }
  return fields;
}

/** Whether a value was created by `{}` or `Object.create(null)`, in any realm. */
export function isPlainObject(value: unknown): value is WidgetFields {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copyOnto(existing: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return deepExtend(Array.isArray(existing) ? existing : [], value);
  if (isPlainObject(value)) return deepExtend(isPlainObject(existing) ? existing : {}, value);
  return value;
}

/** Copies a body, with the configuration's values for all fields that the configuration has too, at any depth. */
export function overrideFields(body: object, config: WidgetFields): WidgetFields {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (Object.hasOwn(config, name)) return [name, config[name]];
      return [name, isPlainObject(value) ? overrideFields(value, config) : value];
    }),
  );
}
