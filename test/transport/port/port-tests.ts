import { afterEach, expect, vi } from 'vitest';
import {
  type DisposableTransport,
  type PortTransportOptions,
  portTransport,
  type ServePortOptions,
  servePort,
  type TransportContext,
  type WidgetRequest,
} from '../../../src/index.ts';
import { useClock as fakeTime, quiet } from '../clock.ts';

/** Both sides of `portTransport`, and what is asked over it, for as long as a test runs. */
export interface PortTests {
  near(options: PortTransportOptions): DisposableTransport;
  /** Returns the function that stops it. */
  far(options: ServePortOptions): () => void;
  /** A request with a signal and a deadline, as a bridge sends it. */
  ask(transport: DisposableTransport, what?: Partial<Asking>): Promise<unknown>;
}

export interface Asking extends TransportContext {
  readonly request: Partial<WidgetRequest>;
}

/** The conditions of every test: time that only the test moves; and no timer left once both sides have ended. */
export function portTests(): PortTests {
  const ends: (() => void)[] = [];
  fakeTime();

  // Runs before the clock is real again.
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    await quiet();
    expect(vi.getTimerCount(), 'timers left').toBe(0);
  });

  return {
    near(options) {
      const transport = portTransport(options);
      ends.push(() => transport.dispose());
      return transport;
    },
    far(options) {
      const stop = servePort(options);
      ends.push(stop);
      return stop;
    },
    ask(transport, { request, signal = new AbortController().signal, deadline = Infinity } = {}) {
      const whole: WidgetRequest = {
        requestId: 'r1',
        server: 'pserver',
        type: 'rateInsight',
        body: { type: 'rateInsight' },
        headers: {},
        ...request,
      };
      const asking = Promise.resolve(transport.send(whole, { signal, deadline }));
      asking.catch(() => {}); // a test may look at it late
      return asking;
    },
  };
}

/** A request as the near side writes it. */
export const requestMessage = {
  bankside: 1,
  request: 1,
  requestId: 'r1',
  server: 'pserver',
  headers: {},
  body: '{}',
  timeLeft: 1_000,
};
