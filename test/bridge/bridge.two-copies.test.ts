import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import * as own from '../../src/index.ts';
import { observeLife } from '../../src/monitoring.ts';
import { otherCopy } from '../harness/other-copy.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import type { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, setUpWith, makeBridge } = bridgeTests();

const BODY = { type: 'rateInsight' };
const SECRET = 'secret-of-somebody';
const REFUSAL = { ok: false, status: '4711', statusMessage: SECRET };

let other: typeof own;

beforeAll(async () => {
  other = await otherCopy();
  expect(other.WidgetBridge).not.toBe(own.WidgetBridge);
});

/** The other copy's HTTP transport, to a server that refuses everything. */
function refusedOverHttp(copy = other): own.DisposableTransport {
  return copy.httpTransport({
    endpoints: { pserver: 'https://bank.example/pserver' },
    authToken: false,
    fetch: async () => Response.json(REFUSAL, { status: 409 }),
  });
}

/** Waits for a reply, as transports that use messages answer after some turns. */
async function answered(widget: RecordingWidget): Promise<unknown> {
  for (let turns = 0; turns < 100 && widget.replies.length === 0; turns += 1) await turn();
  expect(widget.replies).toHaveLength(1);
  return widget.replies[0]?.[0];
}

describe('S0 T4 an error reply of the server, over a transport of another copy', () => {
  it('S0 T4 httpTransport: reaches the widget', async () => {
    const { delegate, widget, events } = setUpWith(refusedOverHttp());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(await answered(widget)).toEqual(REFUSAL);
    expect(events.errors).toMatchObject([{ code: 'HTTP', details: { status: 409 } }]);
  });

  it('S0 T4 httpTransport, wrapped by the page', async () => {
    const http = refusedOverHttp();
    const { delegate, widget } = setUpWith({ send: async (...given) => http.send(...given) });
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(await answered(widget)).toEqual(REFUSAL);
  });

  it.each(['client', 'host', 'transport'])('S0 T4 over a port, the %s of another copy', async (which) => {
    const of = (part: string): typeof own => (part === which ? other : own);
    const { port1, port2 } = new MessageChannel();
    const stop = of('host').servePort({ transport: refusedOverHttp(of('transport')), port: port2 });
    const transport = of('client').portTransport({ port: port1 });
    const { bridge, delegate, widget, events } = setUpWith(transport);
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(await answered(widget)).toEqual(REFUSAL);
    expect(events.errors).toMatchObject([{ code: 'HTTP', details: { status: 409 } }]);
    bridge.dispose();
    transport.dispose();
    stop();
    await turn();
  });

  it('S0 T4 in the forms of another copy', async () => {
    for (const reply of [other.asJson, other.asBase64]) {
      const { delegate, widget } = setUpWith(refusedOverHttp(), { reply });
      delegate.sendRequestToPServer(BODY, 'r1');
      const form = String(await answered(widget));

      expect(JSON.parse(reply === other.asJson ? form : atob(form))).toEqual(REFUSAL);
    }
  });

  it('T4 is on no error that is printed, written or copied', async () => {
    for (const copy of [own, other]) {
      const { bridge } = setUpWith(refusedOverHttp(copy));
      const error: unknown = await bridge.send('pserver', BODY).catch((thrown: unknown) => thrown);
      const keys = Reflect.ownKeys(error as object).map((key) => Reflect.get(error as object, key));
      const shown = [
        inspect(error, { showHidden: true, depth: 20, getters: true }),
        inspect(keys, { showHidden: true, depth: 20, getters: true }),
        inspect({ ...(error as object) }, { showHidden: true, depth: 20 }),
        JSON.stringify(error),
        inspect(structuredClone(error), { showHidden: true, depth: 20 }),
      ];

      expect(own.isBanksideError(error, 'HTTP')).toBe(true);
      expect(shown.join('\n')).not.toContain(SECRET);
    }
  });

  it('S4 what is no reply there is none, and throws for nothing', async () => {
    const [key] = Object.getOwnPropertySymbols(await refusal()).filter((symbol) =>
      `${symbol.description}`.includes('eply'),
    );
    const odd: unknown[] = [
      undefined,
      {},
      () => undefined,
      () => 'text',
      () => ({ text: 5 }),
      () => {
        throw new Error('x');
      },
      Proxy.revocable(() => ({}), {}).proxy,
    ];
    for (const value of odd) {
      const error = new own.BanksideError('HTTP', 'x', {
        requestId: 'r1',
        server: 'pserver',
        type: undefined,
        elapsed: 0,
        status: 409,
      });
      Object.defineProperty(error, key as symbol, { value });
      const { delegate, widget, events } = setUpWith({ send: () => Promise.reject(error) });
      delegate.sendRequestToPServer(BODY, 'r1');
      await turn();

      expect(widget.replies).toEqual([[FAILURE, 'r1']]);
      expect(events.errors).toEqual([error]);
    }
  });

  async function refusal(): Promise<object> {
    const { bridge } = setUpWith(refusedOverHttp(own));
    return bridge.send('pserver', BODY).catch((error: object) => error) as Promise<object>;
  }
});

describe('S0 bridges of two copies', () => {
  function otherBridge(transport: own.Transport): own.WidgetBridge {
    return new other.WidgetBridge({ transport }) as unknown as own.WidgetBridge;
  }

  /** Answers each request with its id. `receives` is for a shell, whose replies come to the widget's own functions. */
  const answering = (receives: boolean): own.Transport => ({
    send: ({ requestId }) => ({ ok: true, to: requestId }),
    ...(receives && { receive: () => false }),
  });

  function createWidget() {
    const got: unknown[] = [];
    return {
      got,
      handlePServerResponse(response: unknown, id: string): void {
        this.handleServerResponse(response, id);
      },
      handleServerResponse(_response: unknown, id: string): void {
        got.push(id);
      },
    };
  }

  const orders = [
    [false, 'the first ends first', [0, 1]],
    [false, 'the last ends first', [1, 0]],
    [true, 'the first ends first', [0, 1]],
    [true, 'the last ends first', [1, 0]],
  ] as const;
  it.each(orders)(
    'S0 B9 one widget: both answer it, and it is as before; with receive: %s, %s',
    async (receives, _order, order) => {
      const widget = createWidget();
      const before = Object.getOwnPropertyDescriptors(widget);
      const bridges = [makeBridge({ transport: answering(receives) }), otherBridge(answering(receives))];
      for (const bridge of bridges) bridge.attach(widget);
      for (const [index, { delegate }] of bridges.entries()) {
        delegate.sendRequestToPServer(BODY, `r${index}`);
        await turn();
      }
      expect(widget.got).toEqual(['r0', 'r1']);
      bridges[order[0]]?.dispose();
      bridges[order[1]]?.delegate.sendRequestToPServer(BODY, 'r2');
      await turn();
      expect(widget.got).toEqual(['r0', 'r1', 'r2']);
      bridges[order[1]]?.dispose();

      expect(Object.getOwnPropertyDescriptors(widget)).toEqual(before);
      expect(Reflect.ownKeys(widget)).toEqual(Reflect.ownKeys(before));
    },
  );

  it('S0 B9 one window as target: it is as before, whichever ends first', () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const target = { navigateToPage: () => 'own' };
      const { navigateToPage } = target;
      const bridges = [makeBridge(), otherBridge(answering(false))];
      for (const bridge of bridges) bridge.attach(() => undefined, target);
      for (const index of order) bridges[index]?.dispose();

      expect(target).toEqual({ navigateToPage });
      expect(Reflect.ownKeys(target)).toEqual(['navigateToPage']);
    }
  });

  it('S0 B2 the entry point of another copy is no reply function of the widget', async () => {
    const elsewhere = otherBridge(answering(false));
    const { transport, events, bridge } = setUp();
    bridge.attach({ ...elsewhere.delegate });
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.answer({ ok: true });
    await turn();

    expect(events.codes).toEqual(['NO_CHANNEL']);
    elsewhere.dispose();
  });

  it('S0 the page’s functions work with a bridge of another copy', async () => {
    const bridge = otherBridge({ send: ({ type }) => ({ ok: true, type }) });
    const seen: string[] = [];
    const opened: unknown[] = [];
    const stop = observeLife(bridge, undefined, ({ kind }) => seen.push(kind));
    const stopActions = own.widgetActions(bridge, {
      widget: { startWidget: (view: object) => opened.push(view) },
      element: '#here',
    });
    bridge.delegate.widgetEvent({}, { eventType: 'inboxWidgetStarted' });

    expect(await own.openBankingClient(bridge).getAccounts()).toEqual({ ok: true, type: 'getAccounts' });
    expect(opened).toEqual([{ widgetType: 'teaser-widget', el: '#here' }]);
    expect(seen).toEqual(['message', 'request', 'reply']);
    stop();
    stopActions();
    bridge.dispose();
  });
});
