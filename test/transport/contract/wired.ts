import { afterEach, expect, vi } from 'vitest';
import {
  type BridgeOptions,
  type DisposableTransport,
  type ServerName,
  type Transport,
  WidgetBridge,
} from '../../../src/index.ts';
import { EventLog } from '../../bridge/fixtures/event-log.ts';
import { RecordingWidget } from '../../bridge/fixtures/recording-widget.ts';
import { quiet, until, useClock } from '../clock.ts';
import type { Arrival, Channel, Driver } from './driver.ts';

const SENDERS = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
} as const;

/** A widget that is wired to the transport by a bridge of its own. */
export interface WiredWidget {
  readonly bridge: WidgetBridge;
  readonly events: EventLog;
  readonly widget: RecordingWidget;
  /** Asks as the widget does. */
  ask(
    body: object | string,
    requestId: string | number,
    server?: ServerName,
    headers?: Record<string, string>,
  ): void;
  /** Waits until the widget has so many replies, and a while longer for those that should not come. */
  replies(count: number): Promise<RecordingWidget['replies']>;
}

export interface Wired extends WiredWidget, Channel {
  /** Waits for the request that arrives as number `count`. */
  arrival(count?: number): Promise<Arrival>;
  /** Another widget with a bridge of its own, over the same transport. */
  another(): WiredWidget;
}

/** A widget, its bridge and the transport of the driver, for as long as the test runs. */
export type Wire = (options?: Partial<BridgeOptions>) => Promise<Wired>;

/** The conditions of every test of the contract: time that only the test moves; and no timer is left when all is disposed. */
export function contractTests(driver: Driver): Wire {
  const bridges: WidgetBridge[] = [];
  const channels: Channel[] = [];
  useClock();

  // Runs before the clock is real again.
  afterEach(async () => {
    for (const bridge of bridges.splice(0)) bridge.dispose();
    for (const { transport, close } of channels.splice(0)) {
      dispose(transport);
      close?.();
    }
    await quiet();
    expect(vi.getTimerCount(), 'timers left').toBe(0);
  });

  return async (options) => {
    const channel = await driver.connect();
    channels.push(channel);
    const { transport, arrivals } = channel;
    const another = (): WiredWidget => {
      const wired = wireWidget(transport, options);
      bridges.push(wired.bridge);
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

function wireWidget(transport: Transport, options?: Partial<BridgeOptions>): WiredWidget {
  const bridge = new WidgetBridge({ transport, ...options });
  const events = new EventLog(bridge);
  const widget = new RecordingWidget();
  bridge.attach(widget, {});
  return {
    bridge,
    events,
    widget,
    ask(body, requestId, server = 'pserver', headers) {
      bridge.delegate[SENDERS[server]](headers ?? null, body, requestId);
    },
    async replies(count) {
      await until(() => widget.replies.length >= count);
      await quiet();
      return widget.replies;
    },
  };
}
