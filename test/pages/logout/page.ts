import { httpTransport, QueuePoller, WidgetBridge } from '../../../src/index.ts';

// A bank's page on which a user works and logs out. All data of the user comes from the server, so that no
// script contains it.

/** The globals that the page keeps after the logout, as a page with one bridge and one poller may. */
export interface LogoutPage {
  /** Resolves once the user has a pending request, unread events and known connections. */
  work(): Promise<void>;
  logOut(): Promise<void>;
}

const text = async (path: string): Promise<string> => (await fetch(path)).text();
const kept: {
  bridge?: WidgetBridge;
  pollers: QueuePoller[];
  transports: ReturnType<typeof httpTransport>[];
  readers: AsyncIterator<unknown>[];
} = { pollers: [], transports: [], readers: [] };

Object.assign(globalThis, {
  kept,

  async work() {
    const authToken = (): Promise<string> => text('/token');
    const endpoints = { pserver: '/pserver', enrich: '/pending' };
    const transport = httpTransport({ endpoints, authToken });
    const fixed = httpTransport({ endpoints, authToken: await text('/token') });
    kept.transports.push(transport, fixed);
    const bridge = new WidgetBridge({ transport });
    kept.bridge = bridge;
    const widget = { handlePServerResponse: () => {} };
    const { delegate } = bridge;
    bridge.attach(widget);
    await bridge.send('pserver', await text('/body'));
    delegate.sendRequestToPServer(await text('/body'), await text('/id'));
    delegate.sendRequestToEnrichServer(await text('/body'), `${await text('/id')}-2`);
    const withFixed = new WidgetBridge({ transport: fixed });
    await withFixed.send('pserver', await text('/body'));
    withFixed.dispose();

    const schedule = { close: 50, idle: 50, hidden: 50 };
    const poller = new QueuePoller({ baseUrl: '/linxo', accessToken: authToken, schedule });
    const idle = new QueuePoller({ baseUrl: '/linxo', accessToken: await text('/token'), storage: false });
    kept.pollers.push(poller, idle);
    for (const one of kept.pollers) {
      kept.readers.push(one[Symbol.asyncIterator]());
      one.on('*', () => {});
      one.subscribe(() => {});
      await one.start();
      await until(() => one.connections.size > 1);
    }
    // The iterator of an earlier session keeps its unread events.
    await idle.stop();
    poller.whenSynced(await text('/connection')).catch(() => {});
    await until(() => [...poller.connections.values()].every(({ name }) => name !== undefined));
  },

  async logOut() {
    kept.bridge?.dispose();
    for (const transport of kept.transports) transport.dispose();
    for (const poller of kept.pollers) await poller.stop({ forget: true });
  },
} satisfies LogoutPage & { readonly kept: object });

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
