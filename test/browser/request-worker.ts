import { makeOld } from './make-old.ts';

/** Worker that sends one request, in an old engine if the test says so. */
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
