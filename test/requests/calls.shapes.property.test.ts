import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wellFormedHeaders } from '../../src/http/widget-headers.ts';
import { type EventDelegate, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { EventLog } from '../bridge/fixtures/event-log.ts';
import { RecordingWidget } from '../bridge/fixtures/recording-widget.ts';
import { SENDERS } from '../bridge/fixtures/senders.ts';
import { turn } from '../bridge/fixtures/turn.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('reportError', (error: unknown) => {
    throw error;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function isJsonOfObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

const sender = fc.constantFrom(...SENDERS);
const textId = fc.string().filter((text) => !isJsonOfObject(text));
const id = fc.oneof(textId, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const command = fc
  .dictionary(fc.string(), fc.jsonValue())
  .filter(({ requestString }) => typeof requestString !== 'string');
const jsonText = fc.tuple(command, fc.nat(3)).map(([value, indent]) => JSON.stringify(value, null, indent));
const body = fc.oneof(command, jsonText);
const headers = fc.option(fc.dictionary(fc.string(), fc.string()));

/** A bridge for one run, with the widget that it answers. */
function attached() {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  const widget = new RecordingWidget();
  const events = new EventLog(bridge);
  bridge.attach(widget, {});
  return { bridge, delegate: bridge.delegate, transport, widget, events };
}

async function expectAnswer(
  { bridge, transport, widget }: ReturnType<typeof attached>,
  expected: { requestId: unknown; server: string; body: unknown },
): Promise<void> {
  expect(transport.sent).toHaveLength(1);
  const { request } = transport.last;
  expect(request.requestId).toBe(expected.requestId);
  expect(request.server).toBe(expected.server);
  expect(request.body).toBe(expected.body);
  transport.last.answer({ ok: true });
  await turn();
  expect(widget.replies).toEqual([[{ ok: true }, expected.requestId]]);
  bridge.dispose();
}

it('B3 a: whatever headers, body and id', async () => {
  await fc.assert(
    fc.asyncProperty(sender, headers, body, id, async ([name, server], asked, given, requestId) => {
      const parts = attached();
      parts.delegate[name](asked, given, requestId);
      expect(parts.transport.last.request.headers).toEqual(wellFormedHeaders({ ...asked }).passed);
      await expectAnswer(parts, { requestId, server, body: given });
    }),
  );
});

it('B3 b and c: whatever body and id, in either order', async () => {
  await fc.assert(
    fc.asyncProperty(sender, body, id, fc.boolean(), async ([name, server], given, requestId, isReversed) => {
      const parts = attached();
      parts.delegate[name](...(isReversed ? [requestId, given] : [given, requestId]));
      await expectAnswer(parts, { requestId, server, body: given });
    }),
  );
});

it('B3 c: of two strings that do not decide it, the first is the id', async () => {
  const jsonId = jsonText.filter(({ length }) => length <= 256);
  const alike = fc.oneof(fc.tuple(textId, textId), fc.tuple(jsonId, jsonText));
  await fc.assert(
    fc.asyncProperty(sender, alike, async ([name, server], [requestId, given]) => {
      const parts = attached();
      parts.delegate[name](requestId, given);
      await expectAnswer(parts, { requestId, server, body: given });
    }),
  );
});

it('B3 d: whatever message', async () => {
  await fc.assert(
    fc.asyncProperty(
      sender,
      headers,
      body,
      id,
      fc.constantFrom('top', 'json', 'both'),
      async ([requestString, server], requestHeaders, requestData, requestId, where) => {
        const parts = attached();
        parts.delegate.widgetEventHandler({
          requestString,
          requestHeaders,
          json: { requestData, ...(where !== 'top' && { requestId }) },
          ...(where !== 'json' && { requestId }),
        });
        await expectAnswer(parts, { requestId, server, body: requestData });
      },
    ),
  );
});

it('B3 e: whatever params, in any order: the first function is onSuccess', async () => {
  await fc.assert(
    fc.asyncProperty(
      sender,
      fc.oneof(body, textId),
      fc.nat(2),
      fc.boolean(),
      async ([name, server], params, place, isFailure) => {
        const { bridge, delegate, transport, widget } = attached();
        const calls: string[] = [];
        const args: unknown[] = [() => calls.push('onSuccess'), () => calls.push('onError')];
        args.splice(place, 0, params);
        delegate[name](...args);
        expect(transport.requests).toHaveLength(1);
        expect(transport.last.request).toMatchObject({ server });
        expect(transport.last.request.body).toBe(params);
        if (isFailure) transport.last.fail(new Error('x'));
        else transport.last.answer({});
        await turn();
        expect(calls).toEqual([isFailure ? 'onError' : 'onSuccess']);
        expect(widget.replies).toEqual([]);
        bridge.dispose();
      },
    ),
  );
});

it('B3 B4 whatever a widget calls with: nothing throws, and it comes to one thing', async () => {
  const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true });
  const argument = fc.oneof(
    anything,
    id,
    body,
    fc.constant(() => undefined),
    fc.record({
      requestString: fc.oneof(
        fc.string(),
        sender.map(([name]) => name),
      ),
      requestId: id,
    }),
  );
  const functionName = fc.oneof(
    sender.map(([name]) => name),
    fc.constantFrom('handlePersoEvent' as const, 'widgetEventHandler' as const),
  );
  await fc.assert(
    fc.asyncProperty(functionName, fc.array(argument, { maxLength: 5 }), async (name, args) => {
      const { bridge, delegate, transport, events } = attached();
      const call = delegate[name] as (...given: unknown[]) => unknown;
      expect(call(...args)).toBeUndefined();
      await turn();
      expect(events.milestones).toHaveLength(1);
      expect(transport.sent).toHaveLength(events.of('request').length);
      transport.sent[0]?.answer({});
      await turn();
      expect(events.types.filter((type) => type === 'reply')).toHaveLength(transport.sent.length);
      bridge.dispose();
    }),
  );
});

it('B4 whatever name: an event, and never a request', async () => {
  const names = fc.string().filter((name) => !SENDERS.some(([known]) => known === name));
  await fc.assert(
    fc.asyncProperty(names, body, async (requestString, requestData) => {
      const { bridge, delegate, transport, widget, events } = attached();
      const asDelegate: EventDelegate = delegate;
      asDelegate.handlePersoEvent({ requestString, json: { requestData }, requestId: '1' });
      asDelegate.sendRequestToOBServer({ requestString }, '1');
      await turn();
      expect(events.all).toHaveLength(2);
      for (const type of ['request', 'failure', 'orphan'] as const) expect(events.of(type)).toEqual([]);
      expect(transport.sent).toEqual([]);
      expect(widget.replies).toEqual([]);
      bridge.dispose();
    }),
  );
});
