import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  followLinxoWidget,
  httpTransport,
  isBanksideError,
  loadWidget,
  nativeTransport,
  openBankingClient,
  portTransport,
  QueuePoller,
  servePort,
  WidgetBridge,
  widgetActions,
} from '../../src/index.ts';
import { diagnose } from '../../src/inspector.ts';
import { record } from '../../src/recording.ts';
import { createSandbox, createTestTransport, createTestWidget } from '../../src/testing/index.ts';
import { startSandboxServer } from '../../src/testing/server/index.ts';
import { createWebViewHost } from '../../src/webview-host.ts';
import { entries } from '../entries.ts';

type Taken = Readonly<Record<string, unknown>>;
interface Place {
  /** The interface of the options. */
  readonly of: string;
  /** What fits, so that only the slip is wrong. */
  readonly sound: Taken;
  /** A slip, and the right name; both with the path that the error shows. */
  readonly slip: readonly [wrong: string, right: string];
  readonly use: (options: never) => unknown;
}

const transport = { send: () => ({}) };
const bridge = new WidgetBridge({ transport });
const poller = new QueuePoller({ baseUrl: 'https://bank.example/linxo', accessToken: false, storage: false });
const http = { endpoints: { pserver: 'https://bank.example/execute' }, authToken: false };
const queue = { baseUrl: 'https://bank.example/linxo', accessToken: false, storage: false };
const otherWindow = { postMessage: () => {} };
const { port1: port } = new MessageChannel();

const ofThePackage: readonly Place[] = [
  {
    of: 'BridgeOptions',
    sound: { transport },
    slip: ['timeOut', 'timeout'],
    use: (o) => new WidgetBridge(o),
  },
  {
    of: 'BridgeOptions',
    sound: { transport },
    slip: ['maxPendng', 'maxPending'],
    use: (o) => new WidgetBridge(o),
  },
  // Both are wrong: the slip says what is.
  { of: 'BridgeOptions', sound: {}, slip: ['transports', 'transport'], use: (o) => new WidgetBridge(o) },
  { of: 'SendOptions', sound: {}, slip: ['shema', 'schema'], use: (o) => bridge.send('ob', {}, o) },
  {
    of: 'SendOptions',
    sound: {},
    slip: ['timeoutMs', 'timeout'],
    use: (o) => openBankingClient(bridge).getAccounts({}, o),
  },
  {
    of: 'WidgetActionsOptions',
    sound: { widget: {} },
    slip: ['openStorey', 'openStory'],
    use: (o) => widgetActions(bridge, o),
  },
  { of: 'HttpTransportOptions', sound: http, slip: ['endpoint', 'endpoints'], use: httpTransport },
  {
    of: 'HttpTransportOptions',
    sound: { endpoints: http.endpoints },
    slip: ['authtoken', 'authToken'],
    use: httpTransport,
  },
  { of: 'HttpTransportOptions', sound: http, slip: ['endpoints.pServer', 'pserver'], use: httpTransport },
  { of: 'HttpTransportOptions', sound: http, slip: ['retry.type', 'types'], use: httpTransport },
  { of: 'LoadWidgetOptions', sound: { src: '/widget.js' }, slip: ['integrty', 'integrity'], use: loadWidget },
  { of: 'NativeTransportOptions', sound: {}, slip: ['chanel', 'channel'], use: nativeTransport },
  { of: 'FlutterChannels', sound: { shell: 'flutter' }, slip: ['channel.ids', 'id'], use: nativeTransport },
  { of: 'PortTransportOptions', sound: { port }, slip: ['signals', 'signal'], use: portTransport },
  {
    of: 'PortTransportOptions',
    sound: { target: otherWindow, origin: 'https://bank.example' },
    slip: ['readytimeout', 'readyTimeout'],
    use: portTransport,
  },
  {
    of: 'ServePortOptions',
    sound: { transport, port },
    slip: ['maxPendingRequests', 'maxPending'],
    use: servePort,
  },
  {
    of: 'ServePortOptions',
    sound: { transport, source: otherWindow, origin: 'https://bank.example' },
    slip: ['timeOut', 'timeout'],
    use: servePort,
  },
  { of: 'QueuePollerOptions', sound: queue, slip: ['baseURL', 'baseUrl'], use: (o) => new QueuePoller(o) },
  {
    of: 'QueuePollerOptions',
    sound: { baseUrl: queue.baseUrl },
    slip: ['accesstoken', 'accessToken'],
    use: (o) => new QueuePoller(o),
  },
  { of: 'Schedule', sound: queue, slip: ['schedule.keepalive', 'keepAlive'], use: (o) => new QueuePoller(o) },
  { of: 'stop', sound: {}, slip: ['forgot', 'forget'], use: (o) => poller.stop(o) },
  {
    of: 'RecordOptions',
    sound: {},
    slip: ['allowed', 'allow'],
    use: (o) => record(bridge, undefined, o),
  },
  { of: 'SyncOptions', sound: {}, slip: ['afterwards', 'after'], use: (o) => poller.whenSynced('c1', o) },
  {
    of: 'LinxoWidgetOptions',
    sound: { origin: 'https://embed.example', source: otherWindow },
    slip: ['onend', 'onEnd'],
    use: (o) => followLinxoWidget(poller, o),
  },
  {
    of: 'WebViewHostOptions',
    sound: { transport, inject: () => {} },
    slip: ['onNotices', 'onNotice'],
    use: createWebViewHost,
  },
  { of: 'DiagnoseOptions', sound: { baseUrl: queue.baseUrl }, slip: ['baseURL', 'baseUrl'], use: diagnose },
  { of: 'DiagnoseOptions', sound: {}, slip: ['endpoints.pServer', 'pserver'], use: diagnose },
];

const sandbox = createSandbox();
const documents = createTestWidget('a');
const shipped = createTestWidget({});
shipped.dispose();

const ofTesting: readonly Place[] = [
  { of: 'SandboxOptions', sound: {}, slip: ['latencies', 'latency'], use: createSandbox },
  { of: 'LinxoOptions', sound: {}, slip: ['linxo.read', 'reads'], use: createSandbox },
  { of: 'LinxoOptions', sound: {}, slip: ['read', 'reads'], use: (o) => sandbox.linxo.configure(o) },
  { of: 'CorsOptions', sound: {}, slip: ['linxo.cors.origin', 'origins'], use: createSandbox },
  { of: 'Fault', sound: { kind: 'slow' }, slip: ['mss', 'ms'], use: (o) => sandbox.fault(o) },
  { of: 'NewConnection', sound: {}, slip: ['names', 'name'], use: (o) => sandbox.linxo.addConnection(o) },
  {
    of: 'SynchroniseOptions',
    sound: {},
    slip: ['endMarker', 'endMarkers'],
    use: (o) => sandbox.linxo.synchronise('c1', 'success', o),
  },
  {
    of: 'RandomSynchroniseOptions',
    sound: {},
    slip: ['troubles', 'trouble'],
    use: (o) => sandbox.linxo.synchroniseAtRandom('c1', o),
  },
  { of: 'QueueReader', sound: {}, slip: ['users', 'user'], use: (o) => sandbox.linxo.read('q1', o) },
  {
    of: 'DocumentsWidgetOptions',
    sound: { build: 'documents' },
    slip: ['shap', 'shape'],
    use: createTestWidget,
  },
  { of: 'ShippedWidgetOptions', sound: {}, slip: ['Build', 'build'], use: createTestWidget },
  {
    of: 'TestAskOptions',
    sound: {},
    slip: ['requestID', 'requestId'],
    use: (o) => documents.request('ob', {}, o),
  },
  { of: 'TestAskOptions', sound: {}, slip: ['header', 'headers'], use: (o) => shipped.request('ob', {}, o) },
  {
    of: 'SandboxServerOptions',
    sound: { port: 0 },
    slip: ['allowedHost', 'allowedHosts'],
    use: startSandboxServer,
  },
  {
    of: 'Synchronisation',
    sound: {},
    slip: ['scenarios', 'scenario'],
    use: (o) => startSandboxServer({ port: 0, synchronisations: [o] }),
  },
];
sandbox.linxo.addConnection({ id: 'c1' });

/** `sound`, with a field at the path of the slip. */
function withSlip({ sound, slip: [wrong] }: Place, value: unknown): never {
  const names = wrong.split('.');
  const options: Record<string, unknown> = { ...sound };
  let inner = options;
  for (const name of names.slice(0, -1)) {
    inner[name] = { ...(inner[name] as object), ...(name === 'cors' && { origins: ['*'] }) };
    inner = inner[name] as Record<string, unknown>;
  }
  inner[names.at(-1) as string] = value;
  return options as never;
}

/** What a call throws, or rejects with. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('It was taken');
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('S5 a slip in the name of an option', () => {
  it.each(ofThePackage)('$of: $slip', async (place) => {
    const [wrong, right] = place.slip;
    for (const value of ['hush', undefined]) {
      const error = await thrownBy(() => place.use(withSlip(place, value)));

      if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
      expect(error.message).toBe(`option '${wrong}': an unknown name. Did you mean '${right}'?`);
      expect(error.details).toMatchObject({ option: wrong, expected: `'${right}'` });
    }
  });

  it.each(ofThePackage)('$of: a name that is near to none', async (place) => {
    const [wrong] = place.slip;
    const path = wrong.slice(0, wrong.lastIndexOf('.') + 1);
    const error = await thrownBy(() => place.use(withSlip({ ...place, slip: [`${path}zzzzz`, ''] }, 1)));

    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.message).toMatch(
      new RegExp(`^option '${path}zzzzz': an unknown name\\. Expected one of \\w+(, \\w+)*$`),
    );
  });

  it.each(ofTesting)('in a test, $of: $slip', async (place) => {
    const [wrong, right] = place.slip;
    const error = await thrownBy(() => place.use(withSlip(place, place.of === 'Fault' ? 1 : 'hush')));

    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(
      new RegExp(`${wrong}" is not known\\. Did you mean "${right}"\\?$`),
    );
  });

  it('nothing was begun by then', async () => {
    expect(createTestTransport().sent).toEqual([]);
  });

  it('what ends something ends it all the same', async () => {
    const error = await thrownBy(() => poller.stop({ forgot: true } as object));

    expect(error).toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(poller.status).toBe('stopped');
  });

  it('each interface of options in an entry is tried above', () => {
    const tried = new Set([...ofThePackage, ...ofTesting].map(({ of }) => of));
    // The vendor's own `initialize`, which takes any field.
    tried.add('DocumentsTestWidgetOptions');
    const own = entries.filter(([name]) => name !== 'bankside/personetics'); // types of the vendor's
    const found = own.flatMap(([, source]) => {
      const code = readFileSync(fileURLToPath(new URL(`../../${source}`, import.meta.url)), 'utf8');
      return [...code.matchAll(/\b\w+Options\b/g)].map(([name]) => name);
    });

    expect(found.length).toBeGreaterThan(15);
    expect([...new Set(found)].filter((name) => !tried.has(name))).toEqual([]);
  });
});

describe('S5 a slip in the name of an event', () => {
  const host = createWebViewHost({ transport, inject: () => {} });

  it.each([
    ['a bridge', bridge],
    ['a WebView host', host],
  ])('of %s', (_what, source) => {
    const { on: add } = source as WidgetBridge;
    const on = (type: unknown) => () => add(type as 'failure', () => {});

    expect(on('fail')).toThrow("call 'on fail': an unknown name. Did you mean 'failure'?");
    expect(on('navigatetopage')).toThrow("Did you mean 'navigateToPage'?");
    expect(on('change')).toThrow(/Expected one of request, .*handleError/);
    expect(on('wish')).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
    expect(on(undefined)).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
    expect(on('failure')).not.toThrow();
  });

  it('of a WebView host, which keeps no memory', () => {
    expect(() => host.on('recent' as 'failure', () => {})).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL' }),
    );
    expect(() => bridge.on('recent', () => {})).not.toThrow();
  });

  it('of a poller: only a name in upper case may be any', () => {
    const on = (type: unknown) => () => poller.on(type as 'gap', () => {});

    expect(on('gaps')).toThrow("call 'on gaps': an unknown name. Did you mean 'gap'?");
    expect(on('Status')).toThrow("Did you mean 'status'?");
    expect(on('list_accounts')).toThrow("Did you mean 'LIST_ACCOUNTS'?");
    expect(on('wish')).toThrow(/Expected one of subscribed, .*failure.*\*, .*SYNC_ALL_STARTED/);
    for (const type of ['', undefined, null, 5, Symbol('x'), '7', '123', '_', '-1', ' '])
      expect(on(type)).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
    for (const type of ['gap', '*', 'LIST_ACCOUNTS', 'NOBODY_KNOWS', 'A1', 'É'])
      expect(on(type)).not.toThrow();
  });
});
