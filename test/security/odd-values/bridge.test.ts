import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type BridgeOptions,
  isBanksideError,
  type StandardSchemaV1,
  type Transport,
  type WidgetBridge,
  widgetActions,
} from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import type { EventLog } from '../../bridge/fixtures/event-log.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { rejection } from '../../bridge/fixtures/rejection.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

const { reported, setUp, setUpWith, makeBridge } = bridgeTests();
expectAllHandled();

// What is reported as uncaught is the page's own value. The tests count it.
afterEach(() => {
  reported.length = 0;
});

const BODY = { type: 'getInsights' };
const REPLY = { ok: true };
const answering: Transport = { send: () => REPLY };
const failing: Transport = { send: () => Promise.reject(new Error('x')) };

/** The request has one outcome, and nothing is left of it. */
async function expectOneOutcome(bridge: WidgetBridge, events: EventLog): Promise<void> {
  await turn();
  await turn();
  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  const ofRequest = events.of('failure').filter(({ request }) => request);
  expect(ofRequest.length + events.of('reply').length).toBe(1);
  for (const error of events.errors) expect(isBanksideError(error)).toBe(true);
}

describe.each(oddValues)('S4 B1 %s', (name, make) => {
  describe.each(wayNames)('%s', (way) => {
    const raise = ways[way];

    it('S4 by a transport', async () => {
      const { bridge, delegate, widget, events } = setUpWith({ send: raise(make()) });
      delegate.sendRequestToPServer(BODY, 'r1');
      await expectOneOutcome(bridge, events);

      expect(widget.replies).toEqual([[FAILURE, 'r1']]);
      expect(events.codes).toEqual(['NETWORK']);
    });

    it('S4 by a transport, for the page’s own command', async () => {
      const { bridge, events } = setUpWith({ send: raise(make()) });
      const error = await rejection(bridge.send('pserver', BODY));
      await expectOneOutcome(bridge, events);

      expect(error).toMatchObject({ code: 'NETWORK' });
    });

    it('S4 by a transport, for callbacks that throw it as well', async () => {
      const { bridge, delegate, events } = setUpWith({ send: raise(make()) });
      const onError = vi.fn(raise(make()));
      delegate.sendRequestToPServer('{"type":"getInsights"}', vi.fn(), onError);
      await expectOneOutcome(bridge, events);

      expect(onError.mock.calls).toEqual([[FAILURE]]);
    });

    it.each<[string, Partial<BridgeOptions>['reply']]>([
      ['a function that returns it', () => make()],
      ['a reply of text', (response) => JSON.stringify(response)],
    ])('S4 by the widget’s reply function, and given by %s', async (_form, reply) => {
      const { bridge, delegate, widget, events } = setUpWith(answering, { reply });
      const handlePServerResponse = vi.fn(raise(make()));
      Object.assign(widget, { handlePServerResponse });
      delegate.sendRequestToPServer(BODY, 'r1');
      await expectOneOutcome(bridge, events);

      expect(handlePServerResponse).toHaveBeenCalledTimes(1);
    });

    it('S4 by functions of the options', async () => {
      const options: Partial<BridgeOptions>[] = [
        { reply: raise(make()) },
        { failureReply: raise(make()) },
        { reply: raise(make()), failureReply: raise(make()) },
        { timeout: raise(make()) },
      ];
      for (const given of options) {
        for (const transport of [answering, failing]) {
          const { bridge, delegate, widget, events } = setUpWith(transport, given);
          delegate.sendRequestToPServer(BODY, 'r1');
          await expectOneOutcome(bridge, events);

          expect(widget.replies).toEqual([
            [transport === answering && !('reply' in given || 'timeout' in given) ? REPLY : FAILURE, 'r1'],
          ]);
        }
      }
    });

    it('S4 by handlers of events and of the snapshot', async () => {
      const { bridge, delegate, widget, events } = setUpWith(answering);
      const types = ['request', 'reply', 'widgetEvent'] as const;
      const unsubscribes = types.map((type) => bridge.on(type, raise(make())));
      unsubscribes.push(bridge.subscribe(raise(make())));
      delegate.sendRequestToPServer(BODY, 'r1');
      delegate.widgetEvent({}, {});
      await expectOneOutcome(bridge, events);
      for (const unsubscribe of unsubscribes) unsubscribe();

      expect(widget.replies).toEqual([[REPLY, 'r1']]);
      expect(events.codes).toEqual([]);
    });

    it('S4 by receive and notify of a transport', async () => {
      const hold: { resolve?: (reply: unknown) => void } = {};
      const { bridge, delegate, widget, events } = setUpWith({
        send: () => new Promise((resolve) => Object.assign(hold, { resolve })),
        receive: raise(make()),
        notify: raise(make()),
      });
      delegate.sendRequestToPServer(BODY, 'r1');
      delegate.sessionEnded({});
      expect(bridge.handlePServerResponse(REPLY, 'r1')).toBe(true);
      await expectOneOutcome(bridge, events);

      expect(widget.replies).toEqual([[REPLY, 'r1']]);
    });

    it('S4 by a schema', async () => {
      const { bridge } = setUpWith(answering);
      const schema = { '~standard': { version: 1, vendor: 'test', validate: raise(make()) } } as const;

      expect(await rejection(bridge.send('pserver', BODY, { schema }))).toMatchObject({
        code: 'INVALID_RESPONSE',
      });
    });

    it('S4 by the steps of widgetActions', async () => {
      const { bridge, delegate } = setUpWith(failing);
      const step = vi.fn(raise(make()));
      const stop = widgetActions(bridge, {
        widget: ways.throws(make()),
        openInbox: step,
        refreshInsights: step,
      });
      delegate.widgetEvent({}, { eventType: 'inboxWidgetStarted' });
      delegate.widgetEvent({}, { eventType: 'refreshInsights' });
      await turn();
      stop();

      expect(step).toHaveBeenCalledTimes(2);
    });
  });

  it('S4 returned by a handler, a callback, or the widget’s reply function', async () => {
    for (const transport of [answering, { ...answering, receive: () => false }]) {
      const { bridge, delegate, widget, events } = setUpWith(transport);
      const got: unknown[] = [];
      // Not `vi.fn`, which looks at what its function returns.
      const handlePServerResponse = (reply: unknown): unknown => {
        got.push(reply);
        return make();
      };
      Object.assign(widget, { handlePServerResponse });
      for (const type of ['request', 'reply'] as const) bridge.on(type, () => make() as undefined);
      delegate.sendRequestToPServer(BODY, 'r1');
      await expectOneOutcome(bridge, events);

      expect(got).toEqual([REPLY]);
      expect(events.codes).toEqual([]);
    }

    const { bridge, delegate, events } = setUpWith(answering);
    const got: unknown[] = [];
    delegate.sendRequestToOBServer(BODY, (reply: unknown) => {
      got.push(reply);
      return make();
    });
    await expectOneOutcome(bridge, events);
    expect(got).toEqual([REPLY]);
    expect(events.codes).toEqual([]);
  });

  it('S4 thrown by a function that returns the widget', async () => {
    const bridge = makeBridge({ transport: answering });
    const failures: string[] = [];
    bridge.on('failure', ({ error }) => failures.push(error.code));
    bridge.attach(ways.throws(make()));
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(failures).toEqual(['NO_CHANNEL']);
  });

  it('S4 as the reason of a signal, or of dispose', async () => {
    const { bridge, transport, events } = setUp();
    const abort = new AbortController();
    const sending = rejection(bridge.send('pserver', BODY, { signal: abort.signal, timeout: false }));
    abort.abort(make());
    expect(await sending).toMatchObject({ code: 'ABORTED' });
    expect(transport.last.context.signal.aborted).toBe(true);
    await expectOneOutcome(bridge, events);

    const whole = new AbortController();
    const other = setUp({ signal: whole.signal });
    other.delegate.sendRequestToPServer(BODY, 'r1');
    whole.abort(make());
    await expectOneOutcome(other.bridge, other.events);
    expect(other.widget.replies).toEqual([[FAILURE, 'r1']]);

    const last = setUp();
    last.delegate.sendRequestToPServer(BODY, 'r1');
    last.bridge.dispose(make());
    await expectOneOutcome(last.bridge, last.events);
    expect(last.events.codes).toEqual(['DISPOSED']);
  });

  it('S4 as a reply: at the entry point, and returned or resolved by a transport', async () => {
    const { bridge, delegate, events } = setUp();
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(bridge.handlePServerResponse(make(), 'r1')).toBe(true);
    await expectOneOutcome(bridge, events);

    const own = setUp();
    const sending = settled(own.bridge.send('pserver', BODY));
    const { requestId } = own.transport.last.request;
    expect(own.bridge.handlePServerResponse(make(), requestId)).toBe(true);
    await sending;
    await expectOneOutcome(own.bridge, own.events);

    const isLeftOpen = ['undefined', 'a thenable that never settles'].includes(name);
    for (const send of [() => make(), async () => [make()]]) {
      if (isLeftOpen) continue;
      const one = setUpWith({ send });
      one.delegate.sendRequestToPServer(BODY, 'r1');
      await expectOneOutcome(one.bridge, one.events);
      expect(one.widget.replies).toHaveLength(1);
    }
  });

  it('S4 as the body, the headers or the id of a call', async () => {
    const { bridge, delegate, widget, events } = setUpWith(answering);
    delegate.sendRequestToPServer(make());
    delegate.sendRequestToPServer(make(), make());
    delegate.sendRequestToPServer(make(), BODY, 'r1');
    delegate.sendRequestToPServer(make(), 'r2');
    delegate.sendRequestToPServer(BODY, make());
    delegate.sendRequestToOBServer(make(), () => undefined);
    delegate.handlePersoEvent(make());
    delegate.handlePersoEvent({ requestString: 'sendRequestToPServer', json: make(), requestId: 'r3' });
    delegate.handlePersoEvent({ requestString: make(), json: BODY, requestId: 'r4' });
    delegate.widgetEvent(make(), make());
    delegate.sessionEnded(make());
    bridge.handlePServerResponse(REPLY, make() as string);
    await turn();

    expect(bridge.getSnapshot().pending).toEqual([]);
    for (const id of ['r1', 'r2', 'r3', 'r4']) expect(widget.repliesTo(id).length).toBeLessThan(2);
    for (const error of events.errors) expect(isBanksideError(error)).toBe(true);
  });

  it('S4 as the output of a schema', async () => {
    if (name === 'a thenable that never settles') return;
    const { bridge } = setUpWith(answering);
    const validate = () => ({ value: make() });
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as StandardSchemaV1;
    const outcome = await settled(bridge.send('pserver', BODY, { schema }));

    expect(outcome === 'resolved' || isBanksideError(outcome, 'INVALID_RESPONSE')).toBe(true);
  });
});

/** What a promise has come to: `resolved`, or what it rejects with. */
async function settled(promise: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'pending';
  promise.then(
    () => {
      outcome = 'resolved';
    },
    (error: unknown) => {
      outcome = error;
    },
  );
  await turn();
  await turn();
  expect(outcome).not.toBe('pending');
  return outcome;
}
