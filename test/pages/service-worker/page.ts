import { QueuePoller, type WidgetBridge } from '../../../src/index.ts';
import type { Sandbox } from '../../../src/testing/index.ts';

// A bank's page whose servers are a service worker: a request of the widget, and a whole synchronisation.

export interface Outcome {
  readonly replies: readonly unknown[];
  readonly log: readonly string[];
  readonly result: string;
  readonly events: readonly string[];
}

const page = globalThis as unknown as { outcome: Outcome };

function requester(bridge: WidgetBridge): () => Promise<unknown> {
  let answered: (response: unknown) => void = () => {};
  bridge.attach({ handlePServerResponse: (response) => answered(response) }, {});
  return () =>
    new Promise((resolve) => {
      answered = resolve;
      bridge.delegate.sendRequestToPServer(null, { type: 'getNumberOfInsights' }, '7');
    });
}

export async function usePage(sandbox: Sandbox, bridge: WidgetBridge): Promise<void> {
  const ask = requester(bridge);
  const replies = [await ask()];
  sandbox.fault({ kind: 'stale-token' });
  replies.push(await ask());
  sandbox.fault({ kind: 'garbage' });
  replies.push(await ask());
  const log = sandbox.log.map(({ type, token, status, fault = 'no fault' }) =>
    [type, token, status, fault].join(' '),
  );

  const { id } = sandbox.linxo.addConnection({ name: 'Example Bank' });
  const poller = new QueuePoller({
    baseUrl: '/linxo',
    accessToken: () => sandbox.issueAccessToken(),
    schedule: { close: 50 },
    storage: false,
  });
  const events: string[] = [];
  poller.on('*', ({ event_type }) => events.push(event_type));
  await poller.start();
  sandbox.linxo.synchronise(id, 'success', { speed: 100 });
  const { result } = await poller.whenSynced(id);
  await poller.stop();

  page.outcome = { replies, log, result, events };
}
