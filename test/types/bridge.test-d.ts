import ky from 'ky';
import { describe, expectTypeOf, test } from 'vitest';
import { number, object, string } from 'zod/mini';
import {
  type AnyBanksideError,
  asBase64,
  asJson,
  type BridgeEvents,
  type BridgeOptions,
  type BridgeSnapshot,
  type EventDelegate,
  httpTransport,
  openBankingClient,
  QueuePoller,
  type ServerName,
  servePort,
  type Transport,
  WidgetBridge,
  type WidgetRequest,
} from '../../src/index.ts';

declare const bridge: WidgetBridge;
declare const transport: Transport;

describe('options', () => {
  test('only the transport is required', () => {
    expectTypeOf<{ transport: Transport }>().toExtend<BridgeOptions>();
    // @ts-expect-error the transport is missing
    new WidgetBridge({});
    // @ts-expect-error the options are missing
    new WidgetBridge();
  });

  test('a misspelt option is an error', () => {
    // @ts-expect-error maxPending
    new WidgetBridge({ transport, maxpending: 5 });
    // @ts-expect-error timeout
    new WidgetBridge({ transport, timeOut: 5 });
    // @ts-expect-error failureReply
    new WidgetBridge({ transport, errorReply: () => ({}) });
  });

  test('T5 what sends instead of the page’s fetch takes an address and options', () => {
    const endpoints = { pserver: '/pserver' };
    const own = async (_address: string, _options: RequestInit): Promise<Response> => new Response();
    const alone = async (_request: Request): Promise<Response> => new Response();
    httpTransport({ endpoints, authToken: false, fetch: own });
    httpTransport({ endpoints, authToken: false, fetch: globalThis.fetch });
    httpTransport({ endpoints, authToken: false, fetch: (input, init) => fetch(input, init) });
    new QueuePoller({ baseUrl: '/linxo', accessToken: false, fetch: own });
    // @ts-expect-error `fetch` gets an address
    httpTransport({ endpoints, authToken: false, fetch: alone });
    // @ts-expect-error `fetch` gets an address
    new QueuePoller({ baseUrl: '/linxo', accessToken: false, fetch: alone });
  });

  test('an instance of ky may be of another copy, or of ky 2', () => {
    const endpoints = { pserver: '/pserver' };
    httpTransport({ endpoints, authToken: false, ky });
    new QueuePoller({ baseUrl: '/linxo', accessToken: false, ky: ky.extend({ headers: {} }) });
    /** Another copy has its own symbol `stop`. */
    interface Other {
      (input: string | URL | Request, options?: { readonly totalTimeout?: number }): Promise<Response>;
      extend(options: object | ((parent: object) => object)): Other;
      readonly retry: (options?: { readonly delay?: number }) => object;
      readonly stop: unique symbol;
    }
    const other = ky as unknown as Other;
    httpTransport({ endpoints, authToken: false, ky: other });
    // @ts-expect-error no instance
    httpTransport({ endpoints, authToken: false, ky: fetch });
  });

  test('servePort accepts a frame that may not exist yet', () => {
    const frame: { current: HTMLIFrameElement | null } = { current: null };
    servePort({ transport, source: () => frame.current?.contentWindow, origin: 'https://widget.example' });
  });

  test('an option of a wrong type is an error', () => {
    // @ts-expect-error `true` is no time
    new WidgetBridge({ transport, timeout: true });
    // @ts-expect-error a timeout is needed synchronously
    new WidgetBridge({ transport, timeout: async () => 5 });
    // @ts-expect-error a function, not its result
    new WidgetBridge({ transport, failureReply: { ok: false } });
    // @ts-expect-error the controller’s signal
    new WidgetBridge({ transport, signal: new AbortController() });
  });

  test('functions know what they get', () => {
    new WidgetBridge({
      transport,
      timeout: (request) => {
        expectTypeOf(request).toEqualTypeOf<WidgetRequest>();
        return request.server === 'ob' ? false : 5_000;
      },
      failureReply: (error, request) => {
        expectTypeOf(error).toEqualTypeOf<AnyBanksideError>();
        return error.code === 'TIMEOUT' ? error.details.timeout : request.type;
      },
      reply: asJson,
    });
    expectTypeOf(asBase64).toExtend<NonNullable<BridgeOptions['reply']>>();
  });

  test('`undefined` is the same as an omitted option', () => {
    expectTypeOf<{ transport: Transport; timeout: undefined; signal: undefined }>().toExtend<BridgeOptions>();
  });
});

describe('Transport', () => {
  test('is an object literal with one function', () => {
    const plain: Transport = { send: (request) => request.body };
    const whole: Transport = {
      async send({ requestId, server, type, body, headers }, { signal, deadline }) {
        expectTypeOf(requestId).toEqualTypeOf<string | number>();
        expectTypeOf(server).toEqualTypeOf<ServerName>();
        expectTypeOf(type).toEqualTypeOf<string | undefined>();
        expectTypeOf(body).toBeUnknown();
        expectTypeOf(headers).toEqualTypeOf<Readonly<Record<string, string>>>();
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        expectTypeOf(deadline).toEqualTypeOf<number>();
        return (await fetch('/x', { signal })).text();
      },
      receive: (response, wireId) => response !== undefined && wireId === 5,
      notify: (name, data) => console.log(name.length, data),
    };
    expectTypeOf([plain, whole]).toExtend<Transport[]>();
  });

  test('needs `send`, and a `receive` that returns no promise', () => {
    // @ts-expect-error `send` is missing
    const silent: Transport = { notify: () => undefined };
    // @ts-expect-error a promise is no boolean
    const late: Transport = { send: () => undefined, receive: async () => true };
    expectTypeOf([silent, late]).toExtend<Transport[]>();
  });

  test('does not change a request', () => {
    const careless: Transport = {
      send(request) {
        // @ts-expect-error it is the widget’s
        request.body = {};
        // @ts-expect-error so are the headers
        request.headers['authToken'] = 'x';
      },
    };
    expectTypeOf(careless).toExtend<Transport>();
  });
});

describe('on', () => {
  test('knows the events', () => {
    bridge.on('reply', ({ request, response, duration }) => {
      expectTypeOf(request).toEqualTypeOf<WidgetRequest>();
      expectTypeOf(response).toBeUnknown();
      expectTypeOf(duration).toEqualTypeOf<number>();
    });
    bridge.on('failure', ({ request, error, duration }) => {
      expectTypeOf(request).toEqualTypeOf<WidgetRequest | undefined>();
      expectTypeOf(error).toEqualTypeOf<AnyBanksideError>();
      expectTypeOf(duration).toEqualTypeOf<number | undefined>();
    });
    bridge.on('attempt', ({ request, state, status, retryIn }) => {
      expectTypeOf(request).toEqualTypeOf<WidgetRequest>();
      expectTypeOf(state).toEqualTypeOf<'token' | 'sent' | 'retry'>();
      expectTypeOf(status).toEqualTypeOf<number | undefined>();
      expectTypeOf(retryIn).toEqualTypeOf<number | undefined>();
    });
    bridge.on('orphan', (orphan) => {
      expectTypeOf(orphan.reason).toEqualTypeOf<'settled' | 'superseded' | 'unknown'>();
      if (orphan.reason === 'superseded') expectTypeOf(orphan.request).toEqualTypeOf<WidgetRequest>();
    });
    bridge.on('navigateToPage', ({ data, args }) => {
      expectTypeOf(data).toBeUnknown();
      expectTypeOf(args).toEqualTypeOf<readonly unknown[]>();
    });
    bridge.on('widgetMessage', ({ name }) => expectTypeOf(name).toEqualTypeOf<string>());
  });

  test('these are all', () => {
    expectTypeOf<keyof BridgeEvents>().toEqualTypeOf<
      | 'request'
      | 'droppedHeaders'
      | 'insecurePage'
      | 'attempt'
      | 'reply'
      | 'failure'
      | 'orphan'
      | 'navigateToPage'
      | 'widgetEvent'
      | 'widgetAction'
      | 'personeticsEvent'
      | 'callPersoneticsAPI'
      | 'sessionStarted'
      | 'sessionEnded'
      | 'sessionError'
      | 'registered'
      | 'handleError'
      | 'widgetMessage'
      | 'recent'
    >();
    // @ts-expect-error `failure`
    bridge.on('error', () => undefined);
    // @ts-expect-error there is no wildcard
    bridge.on('*', () => undefined);
    // @ts-expect-error a reply has no error
    bridge.on('reply', ({ error }) => error);
  });

  test('returns a function that unsubscribes', () => {
    expectTypeOf(bridge.on('reply', () => undefined)).toEqualTypeOf<() => void>();
    expectTypeOf(bridge.subscribe(() => undefined)).toEqualTypeOf<() => void>();
  });
});

describe('send', () => {
  test('returns unknown, unless a type is given', () => {
    expectTypeOf(bridge.send('pserver', {})).resolves.toBeUnknown();
    expectTypeOf(bridge.send<{ count: number }>('pserver', {})).resolves.toEqualTypeOf<{ count: number }>();
  });

  test('infers it from a schema', () => {
    const schema = object({ name: string(), count: number() });
    expectTypeOf(bridge.send('ob', '{}', { schema })).resolves.toEqualTypeOf<{
      name: string;
      count: number;
    }>();
    expectTypeOf(openBankingClient(bridge).getAccounts({}, { schema })).resolves.toEqualTypeOf<{
      name: string;
      count: number;
    }>();
    // @ts-expect-error the schema says otherwise
    void bridge.send<{ other: boolean }>('ob', {}, { schema });
  });

  test('refuses what it cannot send', () => {
    // @ts-expect-error there is no such server
    void bridge.send('pServer', {});
    // @ts-expect-error a number is no body
    void bridge.send('ob', 5);
    // @ts-expect-error nor is undefined
    void bridge.send('ob');
    // @ts-expect-error timeout
    void bridge.send('ob', {}, { timeOut: 5 });
  });

  test('an Open Banking client needs nothing else of a bridge', () => {
    expectTypeOf(openBankingClient).parameter(0).toEqualTypeOf<Pick<WidgetBridge, 'send'>>();
    expectTypeOf(openBankingClient(bridge).connectLite<{ url: string }>()).resolves.toEqualTypeOf<{
      url: string;
    }>();
  });
});

describe('attach and the delegate', () => {
  test('accepts a widget of the page’s own type, or a getter of one that does not exist yet', () => {
    const detach = bridge.attach({
      handlePServerResponse: (response: string, requestId: string) => [response, requestId],
    });
    expectTypeOf(detach).toEqualTypeOf<() => void>();
    bridge.attach(() => undefined, {});
    bridge.attach({ handleServerResponse: (response: object) => response }, window);
    // @ts-expect-error a reply function is a function
    bridge.attach({ handlePServerResponse: 'personetics.handlePServerResponse' });
    // @ts-expect-error a name is no widget
    bridge.attach('personetics');
    // @ts-expect-error nor a target
    bridge.attach({}, 'personetics');
  });

  test('the delegate has the functions that the vendor names', () => {
    expectTypeOf(bridge.delegate).toEqualTypeOf<EventDelegate>();
    expectTypeOf<EventDelegate>().toHaveProperty('sendRequestToPServer');
    expectTypeOf<EventDelegate>().toHaveProperty('sendRequestToEnrichServer');
    expectTypeOf<EventDelegate>().toHaveProperty('sendRequestToOBServer');
    expectTypeOf<EventDelegate>().toHaveProperty('handlePersoEvent');
    expectTypeOf<EventDelegate>().toHaveProperty('widgetEventHandler');
    expectTypeOf<EventDelegate['handlePServerResponse']>().returns.toEqualTypeOf<boolean>();
    expectTypeOf<EventDelegate['sendRequestToPServer']>().returns.toEqualTypeOf<void>();
    // @ts-expect-error it is the bridge’s
    bridge.delegate = {};
  });

  test('a reply has an id', () => {
    expectTypeOf(bridge.handlePServerResponse).parameters.toEqualTypeOf<[unknown, string | number]>();
    expectTypeOf(bridge.handlePServerResponse).returns.toEqualTypeOf<boolean>();
    // @ts-expect-error the id is missing
    bridge.handlePServerResponse({});
  });
});

describe('the rest of a bridge', () => {
  test('a snapshot cannot be changed', () => {
    const snapshot = bridge.getSnapshot();
    expectTypeOf(snapshot).toEqualTypeOf<BridgeSnapshot>();
    // @ts-expect-error a snapshot is read-only
    snapshot.disposed = true;
    // @ts-expect-error and so is its list
    snapshot.pending.push();
  });

  test('it can be disposed, by `using` too', () => {
    expectTypeOf(bridge.dispose).parameter(0).toEqualTypeOf<unknown>();
    expectTypeOf<WidgetBridge>().toExtend<Disposable>();
    expectTypeOf(bridge.queue).toEqualTypeOf<QueuePoller | undefined>();
  });
});
