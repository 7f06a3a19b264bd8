import { reactive } from '@vue/reactivity';
import { freeze, produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { openBankingClient, type Transport, WidgetBridge, widgetActions } from '../../src/index.ts';
import { observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { browserSignal } from '../fixtures/browser-signal.ts';
import { deepFreeze } from '../fixtures/deep-freeze.ts';
import { membrane, stores, storesOfPlainObjects } from '../fixtures/stores.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, makeBridge } = bridgeTests();

type Queue = NonNullable<WidgetBridge['queue']>;

const COMMAND = { type: 'getInsights', lang: 'en' };

/** A transport that answers at once with what it was asked. */
const echo: Transport = { send: async ({ body }) => ({ ok: true, body }) };

describe.each([...stores, ['a proxy of all that is in it', membrane]] as typeof stores)(
  'S0 a bridge in %s',
  (_, store) => {
    it('sends, tells and ends', async () => {
      const raw = makeBridge({ transport: echo });
      const bridge = store(raw);
      const told: unknown[] = [];
      let changes = 0;
      const offs = [
        bridge.on('request', ({ request }) => told.push(request.type)),
        bridge.subscribe(() => {
          changes += 1;
        }),
      ];

      const reply = bridge.send('pserver', COMMAND);
      expect(bridge.getSnapshot().pending).toMatchObject([{ type: 'getInsights' }]);
      expect(await reply).toEqual({ ok: true, body: COMMAND });
      expect(told).toEqual(['getInsights']);
      expect(changes).toBe(2);

      for (const off of offs) off();
      await bridge.send('pserver', COMMAND);
      expect(told).toHaveLength(1);

      bridge.dispose();
      expect(bridge.getSnapshot().disposed).toBe(true);
      expect(raw.getSnapshot().disposed).toBe(true);
    });

    it('answers its widget through its delegate, its class and its entry points', async () => {
      const transport = createTestTransport();
      const bridge = store(makeBridge({ transport }));
      const widget = new RecordingWidget();
      const detach = bridge.attach(widget, {});
      const { delegate } = bridge;

      delegate.sendRequestToPServer(null, COMMAND, 'one');
      new bridge.EventDelegate().sendRequestToOBServer(null, COMMAND, 'two');
      bridge.handlePersoEvent({
        requestString: 'sendRequestToEnrichServer',
        requestId: 'three',
        json: { requestData: COMMAND },
      });
      await turn();
      expect(bridge.handlePServerResponse({ ok: 1 }, 'one')).toBe(true);
      expect(delegate.handleServerResponse({ ok: 2 }, 'two')).toBe(true);
      expect(bridge.handlePServerResponse({ ok: 3 }, 'three')).toBe(true);
      await turn();

      expect(widget.replies).toEqual([
        [{ ok: 1 }, 'one'],
        [{ ok: 2 }, 'two'],
        [{ ok: 3 }, 'three'],
      ]);
      detach();
      bridge[Symbol.dispose]();
      expect(bridge.getSnapshot().disposed).toBe(true);
    });

    it('serves the helpers that take a bridge', async () => {
      const bridge = store(makeBridge({ transport: echo }));
      const kinds: string[] = [];
      const stop = observeLife(bridge, undefined, ({ kind }) => kinds.push(kind));
      const pages: string[] = [];
      const stopActions = widgetActions(bridge, { widget: {}, navigate: (target) => pages.push(target) });

      const reply = await openBankingClient(bridge).getAccounts({ lang: 'en' });
      bridge.delegate.navigateToPage({ data: { navigateTarget: 'accounts' } });
      await turn();

      expect(reply).toMatchObject({ ok: true, body: { type: 'getAccounts' } });
      expect(kinds).toEqual(['request', 'reply', 'message']);
      expect(pages).toEqual(['accounts']);
      stopActions();
      stop();
    });

    it('stops the poller that it was given', async () => {
      let stops = 0;
      const queue = {
        stop: async () => {
          stops += 1;
        },
      };
      const bridge = store(makeBridge({ queue: queue as Partial<Queue> as Queue }));

      expect(bridge.queue?.stop).toBeTypeOf('function');
      bridge.dispose();

      expect(stops).toBe(1);
    });
  },
);

describe('S0 a class of the page that extends the bridge', () => {
  class Mine extends WidgetBridge {
    #calls = 0;
    override dispose(reason?: unknown): void {
      this.#calls += 1;
      super.dispose(reason);
    }
    get calls(): number {
      return this.#calls;
    }
  }

  it('keeps its private fields and its overrides behind a proxy', () => {
    const bridge = reactive(new Mine({ transport: echo })) as Mine;
    bridge.dispose();
    bridge.dispose();

    expect(bridge.calls).toBe(2);
    expect(bridge.getSnapshot().disposed).toBe(true);
  });

  it('is not called before its fields are there, unless its signal has aborted', () => {
    const bridge = new Mine({ transport: echo });

    expect(bridge.calls).toBe(0);
    bridge.dispose();
    expect(bridge.calls).toBe(1);
  });
});

describe('S0 what a bridge hands out may be frozen', () => {
  it('S0 events, snapshots and errors, by each handler, while requests succeed, fail and time out', async () => {
    const { bridge, delegate, transport, widget, events } = setUp({ timeout: 50_000 });
    const types = ['request', 'attempt', 'reply', 'failure', 'orphan', 'droppedHeaders'] as const;
    for (const type of types) bridge.on(type, (event: object) => void deepFreeze(event));
    for (const type of ['navigateToPage', 'widgetMessage', 'personeticsEvent'] as const)
      bridge.on(type, (event: object) => void deepFreeze(event));
    bridge.subscribe(() => void deepFreeze(bridge.getSnapshot()));
    const seen = { ...COMMAND, more: { deep: [1] } };

    for (let round = 0; round < 3; round += 1) {
      delegate.sendRequestToPServer({ 'x-other': 'a\nb' }, seen, `good ${round}`);
      transport.last.answer({ ok: true, list: [{ round }] });
      await turn();
      delegate.sendRequestToPServer(null, seen, `bad ${round}`);
      transport.last.fail(new Error('x'));
      await turn();
      delegate.sendRequestToPServer(null, seen, `twice ${round}`);
      delegate.sendRequestToPServer(null, seen, `twice ${round}`);
      transport.last.answer({ ok: true, list: [{ round }] });
      await turn();
      delegate.navigateToPage({ data: { navigateTarget: 'accounts' } });
      delegate.personeticsEvent({ round });
      bridge.handlePServerResponse({ ok: true }, 'unknown');
    }
    await turn();

    expect(events.codes.filter((code) => code === 'NETWORK')).toHaveLength(3);
    expect(widget.replies.map(([, id]) => id)).toEqual(
      [0, 1, 2].flatMap((round) => [`good ${round}`, `bad ${round}`, `twice ${round}`]),
    );
    const [reply] = widget.repliesTo('good 2');
    expect(reply).toEqual({ ok: true, list: [{ round: 2 }] });
    expect(Object.isFrozen(reply)).toBe(false); // the widget may change what it gets
    expect(bridge.getSnapshot().pending).toEqual([]);
  });

  it('S0 by Immer, which replaces what it freezes', async () => {
    const { bridge, transport } = setUp();
    let state: object = freeze({ snapshot: bridge.getSnapshot() }, true);
    bridge.subscribe(() => {
      state = produce(state, () => ({ snapshot: bridge.getSnapshot() }));
    });
    const reply = bridge.send('pserver', COMMAND);
    expect(state).toMatchObject({ snapshot: { pending: [{ type: 'getInsights' }] } });
    transport.last.answer({ ok: true });
    await reply;

    expect(state).toEqual({ snapshot: { pending: [], disposed: false } });
  });
});

describe('S0 options', () => {
  it.each([
    ...storesOfPlainObjects,
    ['a deep freeze', deepFreeze],
    ['a proxy of all that is in it', membrane],
  ] as const)('may come out of %s', async (_, store) => {
    const bridge = makeBridge(store({ transport: { ...echo }, timeout: 10_000, maxPending: 3 }));

    expect(await bridge.send('pserver', COMMAND)).toEqual({ ok: true, body: COMMAND });
  });

  it.each([...storesOfPlainObjects, ['a deep freeze', deepFreeze]] as const)(
    'may hold a queue in %s, which ends with the bridge',
    async (_, store) => {
      let stops = 0;
      const queue = {
        stop: async () => {
          stops += 1;
        },
      };
      const bridge = makeBridge({ queue: store<Partial<Queue>>(queue) as Queue });
      bridge.dispose();

      expect(stops).toBe(1);
    },
  );
});

describe('S0 a signal that a proxy has made unusable', () => {
  const signal = new Proxy(browserSignal(), {});

  it('is refused in words, by the bridge', () => {
    expect(() => makeBridge({ signal })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining('signal') }),
    );
  });

  it('is refused in words, for one request', async () => {
    const sent = makeBridge().send('pserver', COMMAND, { signal });

    await expect(sent).rejects.toMatchObject({ code: 'INVALID_CALL' });
  });
});

describe('S0 a widget', () => {
  type Functions = Record<string, (...args: unknown[]) => void>;

  it.each(storesOfPlainObjects)('behind %s gets its replies, and is left as it was', async (_, store) => {
    const transport = createTestTransport();
    const bridge = makeBridge({ transport });
    const replies: unknown[] = [];
    const plain: Functions = { handlePServerResponse: (response) => replies.push(response) };
    const widget = store(plain);
    const own = widget['handlePServerResponse'];

    const detach = bridge.attach(widget);
    widget['sendRequestToPServer']?.(null, COMMAND, 'one');
    transport.last.answer({ ok: true });
    await turn();
    detach();

    expect(replies).toEqual([{ ok: true }]);
    expect(Object.keys(widget)).toEqual(['handlePServerResponse']);
    expect(widget['handlePServerResponse']).toBe(own);
  });

  it.each(storesOfPlainObjects)('behind %s gets replies that come from outside', async (_, store) => {
    const replies: unknown[] = [];
    const bridge = makeBridge({ transport: { send: () => undefined, receive: () => false } });
    const plain: Functions = { handlePServerResponse: (...reply) => replies.push(reply) };
    const widget = store(plain);
    const own = widget['handlePServerResponse'];

    const detach = bridge.attach(widget);
    widget['sendRequestToPServer']?.(null, COMMAND, 'one');
    widget['handlePServerResponse']?.({ ok: true }, 'one'); // as a shell calls it
    widget['handlePServerResponse']?.({ ok: true }, 'one'); // nobody waits for it any more
    await turn();
    detach();

    expect(replies).toEqual([[{ ok: true }, 'one']]);
    expect(widget['handlePServerResponse']).toBe(own);
  });

  it('that is frozen is refused in words', () => {
    const bridge = makeBridge();
    const frozen = Object.freeze({ handlePServerResponse() {} });

    for (const widget of [frozen, reactive(frozen), new Proxy(frozen, {})]) {
      expect(() => bridge.attach(widget)).toThrow(
        expect.objectContaining({ code: 'INVALID_CALL', message: expect.stringContaining('frozen') }),
      );
    }
  });
});
