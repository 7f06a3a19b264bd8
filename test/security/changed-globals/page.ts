import {
  asBase64,
  asJson,
  type HttpTransportOptions,
  httpTransport,
  isBanksideError,
  nativeTransport,
  portTransport,
  QueuePoller,
  servePort,
  type Transport,
  WidgetBridge,
  widgetActions,
} from '../../../src/index.ts';
import { createTestTransport, createTestWidget } from '../../../src/testing/doubles.ts';
import { createWebViewHost } from '../../../src/webview-host.ts';

// A bank's page that uses each part of the package once. Outcomes are strings, since the page may have changed how
// arrays are written as JSON.

/** The widget's request. `bank.ts` has it as it must arrive. */
const BODY = {
  type: 'getInsights',
  list: [1, [2, { deep: [] }], 'ż🏦'],
  none: null,
  '': { list: [['"']] },
};
const HEADERS = { 'accept-language': 'pl' };
/** A string body, not in the form of `JSON.stringify`. */
const TEXT = '{ "type" : "getInsights", "list" : [ 1.0, "ż🏦" ] }';

const page = globalThis as unknown as Record<string, unknown>;

/** The fields of an error, or the thrown value. */
function describeError(error: unknown): string {
  if (!isBanksideError(error)) return `not one of the package: ${error}`;
  const { name, code } = error;
  const { status = '', option = '' } = error.details as { status?: number; option?: string };
  return [name, code, option || status, error instanceof Error].join(' ');
}

function http(path: string, options: Partial<HttpTransportOptions> = {}): Transport {
  const address = `${page['bank']}/${path}`;
  return httpTransport({
    endpoints: { pserver: address, enrich: address, ob: address },
    authToken: async ({ rejected }) => (rejected ? 'fresh' : 'stale'),
    headers: () => ({ bankId: '42' }),
    ...options,
  });
}

/** Sends one request as a widget. Resolves with the reply, or the failure. */
function ask(bridge: WidgetBridge, body: object | string, failed = false): Promise<string> {
  return new Promise((resolve) => {
    bridge.attach({ handlePServerResponse: (reply: unknown) => failed || resolve(asJson(reply)) }, {});
    bridge.on('failure', ({ error }) => failed && resolve(describeError(error)));
    bridge.delegate.sendRequestToPServer(HEADERS, body, 'r1');
  });
}

/** The same with a new bridge. */
async function askOver(transport: Transport, body: object | string, failed = false): Promise<string> {
  const bridge = new WidgetBridge({ transport });
  const outcome = await ask(bridge, body, failed);
  bridge.dispose();
  return outcome;
}

async function askOverPort(): Promise<string> {
  const { port1, port2 } = new MessageChannel();
  const stop = servePort({ transport: http('port'), port: port1 });
  const transport = portTransport({ port: port2 });
  const notices: string[] = [];
  const bridge = new WidgetBridge({ transport });
  const outcome = await ask(bridge, BODY);
  const failure = await ask(bridge, { type: 'rateBroken' }, true);
  bridge.dispose();
  transport.dispose();
  stop();
  return [outcome, failure, ...notices].join('\n');
}

/** In an app: what its shell gets of a request and of a notice, and what the widget gets. */
async function askShell(): Promise<string> {
  const posted: string[] = [];
  let bridge: WidgetBridge | undefined;
  const shell = (json: string): void => {
    posted.push(json);
    const { requestType, requestInformation } = JSON.parse(json);
    if (requestType !== 'sendRequestToPServer') return;
    // Like native code: later, and with Base64.
    setTimeout(() => {
      bridge?.handlePServerResponse(asBase64({ ok: true, list: [1, ['ż']] }), requestInformation.requestId);
    });
  };
  page['webkit'] = { messageHandlers: { personeticsApple: { postMessage: shell } } };
  const transport = nativeTransport({ shell: 'ios' });
  bridge = new WidgetBridge({ transport });
  const outcome = await ask(bridge, BODY);
  bridge.delegate.navigateToPage({ type: 'navigate', data: { list: [1, ['ż', () => {}]], done() {} } });
  bridge.dispose();
  transport.dispose();
  delete page['webkit'];
  return [outcome, ...posted].join('\n').replace(/"requestId":"[^"]*"/, '"requestId":"…"');
}

/** In an app with Flutter's two channels, which also gets the navigation in a command. */
async function askChannels(): Promise<string> {
  const posted: string[] = [];
  const channel = (name: string, answer?: string) => {
    const postMessage = (text: string): string | undefined => {
      posted.push(`${name} ${text}`);
      return answer;
    };
    page[name] = { postMessage };
  };
  channel('PassInsightInfo');
  channel('sendRequestId', asJson({ ok: true, list: [1, ['ż']] }));
  channel('NavigateUser');
  const transport = nativeTransport({ shell: 'flutter', channel: {} });
  const eventsInfoList = [{ type: 'NavigateButton', params: { value: 'accounts' } }];
  const outcome = await askOver(transport, { type: 'sendEvents', eventsInfoList });
  transport.dispose();
  return [outcome, ...posted].join('\n').replace(/(sendRequestId) .*/, '$1 …');
}

/** The app's side of a WebView, which runs its scripts in this page. */
async function askHost(): Promise<string> {
  const run = page['eval'] as (script: string) => void;
  const host = createWebViewHost({ transport: http('host'), inject: run });
  const outcome = new Promise<string>((resolve) => {
    page['personetics'] = { handlePServerResponse: (reply: string, id: string) => resolve(`${id} ${reply}`) };
  });
  const fields = new Map<string, unknown>([
    ['requestId', 'r1'],
    ['requestData', BODY],
  ]);
  const byName = new Promise<string>((resolve) => {
    host.sendRequestToPServer({ injectJavaScript: (script) => resolve(script) }, fields);
  });
  await byName;
  host.onMessage(
    `{"requestString":"sendRequestToPServer","requestData":${TEXT},"requestId":"r2","requestHeaders":{}}`,
  );
  const reply = await outcome;
  host.dispose();
  return reply;
}

/** Follows one synchronisation with a malformed event and a refused token. */
async function followQueue(): Promise<string> {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  } as unknown as Storage;
  const poller = new QueuePoller({
    baseUrl: `${page['bank']}/linxo`,
    accessToken: async ({ rejected }) => (rejected ? 'fresh' : 'stale'),
    headers: { bankId: '42' },
    topics: ['connections', 'a"b'],
    storage,
    schedule: { close: 50, closeFor: 10_000 },
  });
  const outcome: string[] = [];
  poller.on('*', ({ event_type, id }) => void outcome.push(`${id} ${event_type}`));
  poller.on('failure', ({ error }) => void outcome.push(describeError(error)));
  const first = poller[Symbol.asyncIterator]().next();
  first.catch(() => {}); // if the poller cannot start
  try {
    await poller.start();
  } catch (error) {
    return `${describeError(error)} ${poller.status}`;
  }
  const { result, connection } = await poller.whenSynced('c1');
  outcome.push(`${result} ${connection.channels.size} ${connection.name}`);
  outcome.push(`${(await first).value.id} ${poller.getSnapshot().connections.size}`);
  await poller.stop();
  const [kept = ''] = stored.values();
  outcome.push(kept.replace(/"askedAt":\d+(\.\d+)?/, '"askedAt":…'));
  return outcome.join('\n');
}

async function act(): Promise<string> {
  const bridge = new WidgetBridge({ transport: createTestTransport() });
  const opened: string[] = [];
  const widget = {
    handlePServerResponse() {},
    startWidget: (config: { widgetType: string }) => void opened.push(asJson(config)),
  };
  bridge.attach(widget);
  const undo = widgetActions(bridge, { widget, config: { lang: 'pl', tags: ['a'] } });
  bridge.delegate.widgetEvent('teaser-widget', {
    eventType: 'teaserClick',
    insightId: 'i1',
    instanceId: 'u1',
    payload: { list: [1, [2]] },
  });
  undo();
  bridge.dispose();
  return opened.join('\n');
}

/** The stand-in for a widget, and that for a transport. */
async function useDoubles(): Promise<string> {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  const widget = createTestWidget('a');
  bridge.attach(widget);
  const asking = widget.request('pserver', BODY);
  transport.last.answer({ ok: true, list: [1, [2]] });
  const reply = asJson(await asking);
  widget.assertExactlyOnce();
  const shipped = createTestWidget({});
  shipped.initialize({ base64EncodeResponse: false, pDelegate: bridge.delegate });
  bridge.attach(shipped);
  const again = shipped.request('pserver', BODY);
  transport.last.answer({ ok: true, list: [1, [2]] });
  const second = asJson(await again);
  shipped.dispose();
  bridge.dispose();
  return [reply, second].join('\n');
}

const parts: Readonly<Record<string, () => Promise<string>>> = {
  http: () => askOver(http('http'), BODY),
  text: () => askOver(http('text'), TEXT),
  refused: () => askOver(http('refused'), { type: 'rateRefused' }),
  broken: () => askOver(http('broken'), { type: 'rateBroken' }, true),
  soon: () => askOver(http('soon'), { type: 'getSoon' }),
  later: () => askOver(http('later'), { type: 'getLater' }, true),
  lost: () => askOver(http('lost'), { type: 'getLost' }),
  port: askOverPort,
  shell: askShell,
  channels: askChannels,
  host: askHost,
  queue: followQueue,
  actions: act,
  doubles: useDoubles,
};

/** Uses these parts, and returns the outcome of each. */
async function use(names: string): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const use = async (name: string): Promise<void> => {
    try {
      outcomes[name] = (await parts[name]?.()) ?? 'There is no such part';
    } catch (error) {
      outcomes[name] = isBanksideError(error) ? describeError(error) : `${(error as Error).stack ?? error}`;
    }
  };
  // With a loop, since this page may have changed the methods of arrays.
  for (const name of names.split(' ')) await use(name);
  return outcomes;
}

page['parts'] = Object.keys(parts).join(' ');
page['use'] = use;
