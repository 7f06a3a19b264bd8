/** What a function returns, or `undefined` where it throws and nobody needs to know why. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
