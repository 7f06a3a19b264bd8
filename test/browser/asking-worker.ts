export type {};

/** Worker that sends one request, in an engine from which some things have been taken before the package is loaded. */
addEventListener('message', ({ data: { address, isOld } }) => {
  if (isOld) makeOld();
  ask(address).then(postMessage, (error) => postMessage({ error: `${error.stack}` }));
});

async function ask(address: string): Promise<object> {
  const { httpTransport, WidgetBridge } = await import('../../src/index.ts');
  const transport = httpTransport({ endpoints: { pserver: address }, authToken: 'token-1' });
  const bridge = new WidgetBridge({ transport });
  const answer = await bridge.send('pserver', { type: 'getInsights' });
  bridge.dispose();
  const { pending, disposed } = bridge.getSnapshot();
  return { answer, isPage: 'document' in globalThis, pending: pending.length, disposed };
}

/** As the oldest engines that the package runs in, with regard to what they have. */
function makeOld(): void {
  Reflect.deleteProperty(AbortSignal, 'any');
  Reflect.deleteProperty(AbortSignal, 'timeout');
  Reflect.deleteProperty(globalThis, 'reportError');
  Reflect.deleteProperty(Promise, 'withResolvers');
  // What Symbol has cannot be deleted.
  const { dispose, asyncDispose, ...known } = Object.getOwnPropertyDescriptors(Symbol);
  const create = Symbol;
  globalThis.Symbol = Object.defineProperties((text?: string) => create(text), known) as SymbolConstructor;
}
