import { httpTransport, QueuePoller, WidgetBridge } from '../../../src/index.ts';
import { type BanksideInspector, defineInspector } from '../../../src/inspector.ts';

/** The globals of the page for tests. */
export interface InspectorPage {
  readonly bridge: WidgetBridge;
  readonly poller: QueuePoller;
  readonly inspector: BanksideInspector;
  /** Sends a request like the widget, with a secret header and body, and does not wait. */
  ask(requestId: string, server: 'PServer' | 'EnrichServer' | 'OBServer', type: string): void;
  /** All tokens of the page so far. */
  readonly tokens: string[];
}

declare global {
  interface Window {
    inspected: InspectorPage;
  }
}

const tokens: string[] = [];

/** A fresh token of the sandbox's session. */
async function token(path: string): Promise<string> {
  const response = await fetch(path, { method: 'POST' });
  const got = await response.text();
  tokens.push(got);
  return got;
}

const transport = httpTransport({
  endpoints: { pserver: '/pserver/execute', enrich: '/enrich/execute', ob: '/ob/execute' },
  authToken: () => token('/session/token'),
});
const poller = new QueuePoller({
  baseUrl: '/linxo',
  accessToken: () => token('/session/access-token'),
  storage: false,
});
const bridge = new WidgetBridge({ transport, timeout: ({ type }) => (type === 'hurry' ? 300 : 60_000) });
bridge.attach({ handlePServerResponse() {} }, {});

defineInspector();
const inspector = document.createElement('bankside-inspector');
const main = document.createElement('main');
const heading = document.createElement('h1');
heading.textContent = 'Inspector';
main.append(heading, inspector);
document.body.append(main);
inspector.observe(bridge, poller);

window.inspected = {
  bridge,
  poller,
  inspector,
  tokens,
  ask(requestId, server, type) {
    const headers = { 'x-widget': 'hush-header' };
    bridge.delegate[`sendRequestTo${server}`](headers, { type, secret: 'hush-body' }, requestId);
  },
};
