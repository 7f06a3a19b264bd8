/** Removes what the oldest engines, or an insecure page, do not have. Call it before the package is loaded. */
export function makeOld(): void {
  Reflect.deleteProperty(AbortSignal, 'any');
  Reflect.deleteProperty(AbortSignal, 'timeout');
  Reflect.deleteProperty(globalThis, 'reportError');
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks');
  Reflect.deleteProperty(Promise, 'withResolvers');
  // The properties of Symbol cannot be deleted.
  const { dispose, asyncDispose, ...known } = Object.getOwnPropertyDescriptors(Symbol);
  const create = Symbol;
  globalThis.Symbol = Object.defineProperties((text?: string) => create(text), known) as SymbolConstructor;
}
