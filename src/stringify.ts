/**
 * `JSON.stringify`, also on a page where an old library (Prototype.js) has given arrays a `toJSON` that writes them as
 * text.
 */
export function stringify(value: unknown): string {
  return 'toJSON' in Array.prototype ? JSON.stringify(value, arraysAsTheyAre) : JSON.stringify(value);
}

function arraysAsTheyAre(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  return Array.isArray(this[key]) ? this[key] : value;
}
