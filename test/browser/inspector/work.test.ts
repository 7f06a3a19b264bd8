import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WidgetRequest } from '../../../src/index.ts';
import { BridgeMemory } from '../../../src/requests/bridge-memory.ts';
import { frame, painted, show } from './shown.ts';

/** A bridge of which the test says what happens. */
function tellingBridge() {
  const memory = new BridgeMemory();
  const handlers = new Set<(event: unknown) => void>();
  const bridge = {
    recentEvents: [],
    queue: undefined,
    subscribe: () => () => {},
    getSnapshot: () => ({ pending: [], disposed: false }),
    on(_type: 'recent', handler: (event: unknown) => void) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
  const tell = (type: 'request' | 'reply' | 'failure', event: object): void => {
    const plain = memory.add(type, event);
    for (const handler of handlers) handler(plain);
  };
  let id = 0;
  return {
    bridge: bridge as never,
    /** Requests that begin, and are answered at once, but for each hundredth, which fails. */
    live(count: number): void {
      for (let more = 0; more < count; more += 1) {
        id += 1;
        const request: WidgetRequest = {
          requestId: id,
          server: 'pserver',
          type: 'rate',
          body: {},
          headers: {},
        };
        tell('request', { request });
        if (id % 100) tell('reply', { request, response: {}, duration: 0 });
        else tell('failure', { request, error: { code: 'HTTP', details: {} }, duration: 0 });
      }
    },
  };
}

/** Counts what is drawn, since it was asked last. */
function countDrawing(): () => number {
  let drawn = 0;
  const pen = CanvasRenderingContext2D.prototype as unknown as Record<
    string,
    (...given: unknown[]) => unknown
  >;
  for (const name of ['fillRect', 'strokeRect', 'fill', 'stroke', 'fillText']) {
    const own = pen[name];
    pen[name] = function (...given) {
      drawn += 1;
      return own?.apply(this, given);
    };
    onTestFinished(() => {
      if (own) pen[name] = own;
    });
  }
  return () => {
    const sum = drawn;
    drawn = 0;
    return sum;
  };
}

describe('with 10,000 entries', () => {
  test('there are as many elements as with a hundred, and no more is drawn than the picture has room for', async () => {
    const shown = show();
    const { bridge, live } = tellingBridge();
    shown.inspector.observe(bridge);
    const elements = () => shown.inspector.shadowRoot?.querySelectorAll('*').length ?? 0;
    live(100);
    await painted(shown);
    await expect.poll(() => shown.rows().length).toBeGreaterThan(5);
    const few = elements();
    const drawn = countDrawing();

    live(20_000);
    await expect.poll(() => shown.rows().at(0)?.getAttribute('aria-setsize')).toBe('10000');
    expect(elements()).toBe(few);
    drawn();
    shown.find('.times button').click();
    await frame();
    // A bar and a cross for trouble alone, of which a hundred in one place cover each other.
    expect(drawn()).toBeLessThan(1_500);
  });

  test('it asks for one frame, however much happens in a turn', async () => {
    const shown = show();
    const { bridge, live } = tellingBridge();
    shown.inspector.observe(bridge);
    await painted(shown);
    const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => void vi.restoreAllMocks());
    live(5_000);
    live(5_000);
    expect(frames.mock.calls.length + timers.mock.calls.length).toBeLessThanOrEqual(1);
  });

  test('scrolling changes rows, and makes none', async () => {
    const shown = show();
    const { bridge, live } = tellingBridge();
    shown.inspector.observe(bridge);
    live(10_000);
    await expect.poll(() => shown.rows().at(0)?.getAttribute('aria-setsize')).toBe('10000');
    const list = shown.find('.list');
    const made = vi.spyOn(document, 'createElement');
    onTestFinished(() => void vi.restoreAllMocks());
    for (const top of [0, 5_000, 100_000]) {
      list.scrollTop = top;
      await expect
        .poll(() => Math.min(...shown.rows().map((row) => Number(row.getAttribute('aria-posinset')))))
        .toBe(Math.max(1, Math.floor(top / 34) - 2));
    }
    expect(made.mock.calls.length).toBeLessThan(60);
  });
});
