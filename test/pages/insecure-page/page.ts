import { httpTransport, QueuePoller, WidgetBridge } from '../../../src/index.ts';

// A page that uses relative addresses, in a window and in a frame that has no address of its own.

export interface Outcome {
  readonly isSecureContext: boolean;
  readonly warnings: number;
  readonly events: readonly unknown[];
  readonly replies: readonly unknown[];
  readonly refusals: readonly unknown[];
  readonly queueId: string | undefined;
}

const READ = { type: 'getInsights' };

const page = globalThis as unknown as { outcome: Outcome; frame: Outcome; strayed: unknown };

async function errorOf(make: () => unknown): Promise<unknown> {
  try {
    return await make();
  } catch (error) {
    return (error as { details?: { received?: unknown } }).details?.received;
  }
}

async function useRelativeAddresses(): Promise<Outcome> {
  let warnings = 0;
  console.warn = () => {
    warnings += 1;
  };
  const events: unknown[] = [];
  const { port } = location.href.startsWith('http') ? location : parent.location;
  const elsewhere = `//other.bank.example:${port}/api`;

  const transport = httpTransport({ endpoints: { pserver: '/api' }, authToken: 'token-1' });
  const bridge = new WidgetBridge({ transport });
  bridge.on('insecurePage', (event) => events.push(event));
  const replies = [await bridge.send('pserver', READ), await bridge.send('pserver', READ)];

  const poller = new QueuePoller({ baseUrl: '/linxo', accessToken: 'token-1', storage: false });
  poller.on('insecurePage', (event) => events.push(event));
  await poller.start();
  const { queueId } = poller;
  await poller.stop();

  const refusals = [
    await errorOf(() => httpTransport({ endpoints: { pserver: elsewhere }, authToken: 'token-1' })),
    await errorOf(() =>
      httpTransport({ endpoints: { pserver: '/api' }, authToken: 'token-1', allowInsecure: false }),
    ),
  ];
  return { isSecureContext, warnings, events, replies, refusals, queueId };
}

/** A relative address stays as it was first resolved, and never leads to another origin. */
async function move(): Promise<void> {
  const bridge = new WidgetBridge({
    transport: httpTransport({ endpoints: { pserver: 'moving' }, authToken: false }),
  });
  await bridge.send('pserver', READ);
  history.pushState(undefined, '', '/cards/overview');
  await bridge.send('pserver', READ);
  const base = document.createElement('base');
  base.href = 'https://cdn.example/v2/';
  document.head.append(base);
  await bridge.send('pserver', READ);
  page.strayed = await errorOf(() => httpTransport({ endpoints: { pserver: '/api' }, authToken: 'token-1' }));
  const whole = httpTransport({ endpoints: { pserver: new URL('/whole', location.href) }, authToken: false });
  await new WidgetBridge({ transport: whole }).send('pserver', READ);
}

/** A frame whose document is in its attribute. */
function openFrame(): Promise<Outcome> {
  return new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data));
    const frame = document.createElement('iframe');
    frame.srcdoc = '<!doctype html><script type="module" src="/page.js"></script>';
    document.body.append(frame);
  });
}

if (parent === window) {
  const outcome = await useRelativeAddresses();
  page.frame = await openFrame();
  await move();
  page.outcome = outcome;
} else {
  parent.postMessage(await useRelativeAddresses(), '*');
}
