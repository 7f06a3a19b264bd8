import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nativeTransport, WidgetBridge } from '../../../src/index.ts';
import { EventLog } from '../../bridge/fixtures/event-log.ts';
import { RecordingWidget } from '../../bridge/fixtures/recording-widget.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { standInWithChannels } from '../fixtures/channel-app.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const TIMEOUT = 1_000;

/** What happens next: one of two widgets asks, the app answers, late or not, or time passes. */
const step = fc.oneof(
  fc.record({ does: fc.constant('ask' as const), widget: fc.nat(1) }),
  fc.record({ does: fc.constant('answer' as const), back: fc.nat(2) }),
  fc.record({ does: fc.constant('wait' as const), time: fc.nat(TIMEOUT) }),
  fc.record({ does: fc.constant('turn' as const) }),
);

it('N2 B1 over two channels, in any order of events: one request at a time, and each gets one answer, its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const app = standInWithChannels();
      const transport = nativeTransport({ shell: 'flutter', channel: {} });
      const pages = [0, 1].map(() => {
        const bridge = new WidgetBridge({ transport, timeout: TIMEOUT });
        const widget = new RecordingWidget();
        bridge.attach(widget, {});
        return { bridge, widget, events: new EventLog(bridge), asked: 0 };
      });
      const answered = new Set<string>();

      for (const next of steps) {
        if (next.does === 'ask') {
          const page = pages[next.widget] as (typeof pages)[number];
          page.asked += 1;
          const id = `${next.widget}-${page.asked}`;
          page.bridge.delegate.sendRequestToPServer(null, { type: 'getInsights', id }, id);
        } else if (next.does === 'answer') {
          const call = app.calls.at(-1 - next.back);
          if (!call) continue;
          answered.add(call.requestId);
          pages[0]?.bridge.handlePServerResponse({ ok: true, to: JSON.parse(call.body).id }, call.requestId);
        } else if (next.does === 'wait') {
          vi.advanceTimersByTime(next.time);
        }
        if (next.does !== 'ask') await turn();
        // An app that was asked has been answered to, or is the one that is waited for.
        const waiting = pages.flatMap(({ bridge }) =>
          bridge.getSnapshot().pending.map(({ requestId }) => requestId),
        );
        const open = app.calls.filter(
          ({ body, requestId }) => !answered.has(requestId) && waiting.includes(JSON.parse(body).id),
        );
        expect(open.length).toBeLessThanOrEqual(1);
        if (next.does !== 'ask' && waiting.length > 0) expect(open).toHaveLength(1);
      }
      // Each that waits for its turn has its own time.
      vi.advanceTimersByTime(TIMEOUT);
      await turn();
      for (const { widget, events, asked } of pages) {
        expect(widget.replies).toHaveLength(asked);
        expect(new Set(widget.replies.map(([, id]) => id)).size).toBe(asked);
        for (const [reply, id] of widget.replies as [{ ok: boolean; to?: string }, string][])
          expect(reply.ok ? reply.to : id).toBe(id);
        expect(events.of('reply').length + events.of('failure').length).toBe(asked);
      }
      for (const { bridge } of pages) bridge.dispose();
      transport.dispose();
      await turn();
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});
