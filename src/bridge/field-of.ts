/** Reads a field of what may have getters that throw, or be a window of another origin. */
export function fieldOf(object: unknown, name: string): unknown {
  try {
    return (object as Record<string, unknown> | undefined)?.[name];
  } catch {
    return undefined;
  }
}
