/** Takes away what older engines and servers do not have, before anything else is loaded. */

// Symbol.dispose cannot be deleted where Node has put it: so the whole of Symbol is another one.
const { Symbol: WithDispose } = globalThis;
const missing = new Set(['dispose', 'asyncDispose']);

function BareSymbol(description) {
  return WithDispose(description);
}

for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(WithDispose))) {
  if (!missing.has(name)) Object.defineProperty(BareSymbol, name, property);
}

Object.defineProperty(globalThis, 'Symbol', { value: BareSymbol, writable: true, configurable: true });
Reflect.deleteProperty(AbortSignal, 'any');
Reflect.deleteProperty(AbortSignal, 'timeout');
for (const name of ['reportError', 'navigator']) Reflect.deleteProperty(globalThis, name);
