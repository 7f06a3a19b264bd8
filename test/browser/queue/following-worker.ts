import { makeOld } from '../make-old.ts';

/** Worker that follows a queue, in an old engine if the test says so. */
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
  const canDispose = !!Symbol.asyncDispose && Symbol.asyncDispose in poller;
  if ('undefined' in poller) throw new Error('It has a method for a symbol that does not exist');
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
