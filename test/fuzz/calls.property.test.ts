import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { isFunction } from '../../src/check.ts';
import { type EventDelegate, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/index.ts';
import { EventLog } from '../bridge/fixtures/event-log.ts';
import { RecordingWidget } from '../bridge/fixtures/recording-widget.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { Anything, anything, expectCleanPrototypes, expectDiscreet, nearly } from './fixtures/hostile.ts';
import { useFakeTimers } from './fixtures/use-fake-timers.ts';

useFakeTimers();

function made(given: unknown): unknown {
  return given instanceof Anything ? given.value : given;
}

const SENDERS = ['sendRequestToPServer', 'sendRequestToEnrichServer', 'sendRequestToOBServer'] as const;
const functionName = fc.constantFrom<keyof EventDelegate>(
  ...SENDERS,
  'handlePersoEvent',
  'widgetEventHandler',
  'navigateToPage',
  'widgetEvent',
  'sessionEnded',
);
const message = fc.constantFrom(...SENDERS, 'sessionEnded', 'other').chain((requestString) =>
  nearly({
    requestString,
    requestId: '1',
    requestHeaders: { a: 'b' },
    json: { requestData: { type: 'getInsights' }, requestId: '2' },
  }),
);
const argument = fc.oneof(
  { weight: 3, arbitrary: anything },
  { weight: 2, arbitrary: message },
  { weight: 1, arbitrary: fc.constantFrom('1', 2, null, { type: 'getInsights' }, '{"type":"getInsights"}') },
);

it('B1 B3 B4 B5 S4 call shapes: nothing throws, each call has one outcome, and its body is unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(functionName, fc.array(argument, { maxLength: 5 }), async (name, given) => {
      let called = 0;
      const callback = (): void => {
        called += 1;
      };
      const args = given.map(made).map((arg) => (isFunction(arg) ? callback : arg));
      const transport = createTestTransport();
      const bridge = new WidgetBridge({ transport });
      const log = new EventLog(bridge);
      const widget = new RecordingWidget();
      bridge.attach(widget, {});

      expect((bridge.delegate[name] as (...all: unknown[]) => unknown)(...args)).toBeUndefined();
      expect(called + widget.replies.length, 'answers before the call has returned').toBe(0);
      await turn();
      expect(log.milestones).toHaveLength(1);

      const [sent] = transport.sent;
      if (sent) {
        const { body, requestId } = sent.request;
        if (typeof body === 'string') expect(args).toContain(body);
        expect(['string', 'number']).toContain(typeof requestId);
        expect(called + widget.replies.length).toBe(0);
        sent.answer({});
        await turn();
        expect(Math.max(called, widget.replies.length)).toBe(1);
        expect(log.milestones).toEqual(['request', 'reply']);
      } else {
        expect(called + widget.replies.length).toBeLessThanOrEqual(1);
        for (const error of log.errors) expectDiscreet(error);
      }
      expect(bridge.getSnapshot().pending).toEqual([]);
      bridge.dispose();
      await turn();
      expect(vi.getTimerCount()).toBe(0);
      expectCleanPrototypes();
    }),
  );
});
