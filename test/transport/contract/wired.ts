import { afterEach, expect, vi } from 'vitest';
import {
  type BridgeOptions,
  type DisposableTransport,
  type ServerName,
  type Transport,
  WidgetBridge,
} from '../../../src/index.ts';
import { EventLog } from '../../bridge/fixtures/event-log.ts';
import { quiet, until, useClock } from '../fixtures/clock.ts';
import type { Arrival, Channel, Driver } from './driver.ts';
import type { HandOver } from './hand-overs.ts';

/** One answer that a widget got. */
type Answer = readonly [response: unknown, requestId: unknown];

/** A widget that is wired to the transport by a bridge of its own. */
interface WiredWidget {
  readonly bridge: WidgetBridge;
  readonly events: EventLog;
  readonly widget: ReturnType<HandOver['wire']>;
  /** The events of the bridge's requests, in order, without those that a transport reports in between. */
  milestones(): string[];
  /** Asks as the widget does. */
  ask(
    body: object | string,
    requestId: string | number,
    server?: ServerName,
    headers?: Record<string, string>,
  ): void;
  /** Waits until the widget has so many replies, and a while longer for those that should not come. */
  replies(count: number): Promise<readonly Answer[]>;
  /** A body that the widget was asked to send, as it sends it. */
  bodyOf(body: object | string): unknown;
}

export interface Wired extends WiredWidget, Channel {
  /** Waits for the request that arrives as number `count`. */
  arrival(count?: number): Promise<Arrival>;
  /** Another widget with a bridge of its own, over the same transport. */
  another(): WiredWidget;
}

/** A widget, its bridge and the transport of the driver, for as long as the test runs. */
export type Wire = (options?: Partial<BridgeOptions>) => Promise<Wired>;

/**
 * The conditions of every test of the contract: time that only the test moves; no timer is left when all is disposed; and
 * each request has had its one answer then.
 */
export function contractTests(driver: Driver, handOver: HandOver): Wire {
  const wiredWidgets: WiredWidget[] = [];
  const channels: Channel[] = [];
  useClock();

  // Runs before the clock is real again.
  afterEach(async () => {
    const widgets = wiredWidgets.splice(0);
    for (const { bridge, widget } of widgets) {
      bridge.dispose();
      if ('dispose' in widget) widget.dispose();
    }
    for (const { transport, close } of channels.splice(0)) {
      dispose(transport);
      close?.();
    }
    await quiet();
    expect(vi.getTimerCount(), 'timers left').toBe(0);
    vi.unstubAllGlobals();
    for (const { widget } of widgets) widget.assertExactlyOnce();
  });

  return async (options) => {
    const channel = await driver.connect();
    channels.push(channel);
    const { transport, arrivals } = channel;
    const another = (): WiredWidget => {
      const wired = wireWidget(handOver, transport, options);
      wiredWidgets.push(wired);
      channel.meet?.(wired.widget);
      return wired;
    };
    return {
      ...channel,
      ...another(),
      another,
      async arrival(count = 1) {
        await until(() => arrivals.length >= count);
        return arrivals[count - 1] as Arrival;
      },
    };
  };
}

/** Disposes a transport that holds something open. */
export function dispose(transport: Transport | DisposableTransport): void {
  if ('dispose' in transport) transport.dispose();
}

/** The events of a request. Build 21.5 also calls `sessionError` for failed replies. */
const MILESTONES: ReadonlySet<string> = new Set(['request', 'reply', 'failure', 'orphan']);

function wireWidget(
  handOver: HandOver,
  transport: Transport,
  options: Partial<BridgeOptions> | undefined,
): WiredWidget {
  const bridge = new WidgetBridge({ transport, ...options });
  const events = new EventLog(bridge);
  const widget = handOver.wire(bridge);
  return {
    bridge,
    events,
    widget,
    bodyOf: handOver.bodyOf,
    milestones: () => events.types.filter((type) => MILESTONES.has(type)),
    ask(body, requestId, server = 'pserver', headers) {
      const answer = widget.request(server, body as object, { requestId, ...(headers ? { headers } : {}) });
      answer.catch(() => {}); // the check at the end reports it
    },
    async replies(count) {
      await until(() => widget.replies.length >= count);
      await quiet();
      return widget.replies.map(({ response, requestId }) => [response, requestId]);
    },
  };
}
