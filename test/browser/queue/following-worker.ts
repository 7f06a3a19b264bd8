export type {};

/** Worker that follows a queue, in an engine from which some things have been taken before the package is loaded. */
addEventListener('message', ({ data: { baseUrl, isOld } }) => {
  if (isOld) makeOld();
  follow(baseUrl).then(postMessage, (error) => postMessage({ error: `${error.stack}` }));
});

async function follow(baseUrl: string): Promise<object> {
  const { QueuePoller } = await import('../../../src/index.ts');
  const poller = new QueuePoller({
    baseUrl,
    accessToken: 'token-1',
    user: 'user-1',
    schedule: { close: 50, idle: 50 },
  });
  const types: string[] = [];
  const iterated: string[] = [];
  poller.on('*', ({ event_type }) => types.push(event_type));
  const reading = (async () => {
    for await (const { event_type } of poller) iterated.push(event_type);
  })();
  await poller.start();
  const { result } = await poller.whenSynced('connection-1');
  const { queueId } = poller;
  await poller.stop();
  await reading;
  const canDispose = Object.getOwnPropertySymbols(poller).length === 1;
  return {
    types,
    iterated,
    result,
    queueId,
    status: poller.status,
    canDispose,
    isPage: 'document' in globalThis,
  };
}

/** As the oldest engines that the package runs in, and as a page that is not secure, with regard to what they have. */
function makeOld(): void {
  Reflect.deleteProperty(AbortSignal, 'any');
  Reflect.deleteProperty(AbortSignal, 'timeout');
  Reflect.deleteProperty(globalThis, 'reportError');
  Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks');
  Reflect.deleteProperty(Promise, 'withResolvers');
  // What Symbol has cannot be deleted.
  const { dispose, asyncDispose, ...known } = Object.getOwnPropertyDescriptors(Symbol);
  const create = Symbol;
  globalThis.Symbol = Object.defineProperties((text?: string) => create(text), known) as SymbolConstructor;
}
