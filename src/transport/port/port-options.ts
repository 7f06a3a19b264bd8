import { checkOption, checkSignal, type Fields, invalidOption, isFunction } from '../../check.ts';
import { type OtherWindow, readOrigin, readOtherWindow, readWindow } from '../../http/other-window.ts';
import { checkOptionNames, type NamesOf } from '../../text/known-names.ts';
import { LONGEST_TIMER } from '../../time.ts';
import type { Transport } from '../transport.ts';

/** The options of {@link portTransport}: a port of a channel, or the window where {@link servePort} runs. */
export type PortTransportOptions = (
  | {
      /** One port of a channel whose other port `servePort` has. Do not use it yourself any more. */
      port: MessagePort;
    }
  | {
      /** The window where `servePort` runs: `window.parent`, or the `contentWindow` of an iframe. */
      target: Window;
      /**
       * Its origin, such as `'https://bank.example'`, or `'capacitor://localhost'` for the page of an app. There is no default, and
       * neither `'*'` nor `'null'` is allowed: a frame that is sandboxed without `allow-same-origin` has no origin, nor has a
       * page at a `file:` address. Use a port for it.
       */
      origin: string;
      /**
       * How long requests wait for a window that does not answer, in ms: it may load late. After that they fail with
       * `NO_CHANNEL`. The timeout of a request may end it earlier.
       *
       * @default 10_000
       */
      readyTimeout?: number | undefined;
    }
) & {
  /** Disposes the transport when it aborts. */
  signal?: AbortSignal | undefined;
};

/** The options of {@link servePort}: what sends the requests, and where they come from. */
export type ServePortOptions = {
  /** Sends the requests. You dispose it. */
  transport: Transport;
  /**
   * How many requests may be in flight, from all clients together. Further requests fail with `OVERLOADED`.
   *
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * How long a request may take, in ms, whatever timeout the client has; `false`: as long as the client waits. After that it is
   * aborted here, and fails with `TIMEOUT` there.
   *
   * @default 600_000
   */
  timeout?: number | false | undefined;
} & (
  | {
      /** One port of a channel whose other port `portTransport` has. Do not use it yourself any more. */
      port: MessagePort;
    }
  | {
      /**
       * The window where `portTransport` runs, or a function that returns it, for a frame that is created later or replaced.
       * Requests of any other window are ignored.
       */
      source: Window | (() => Window | null | undefined);
      /** Its origin, like the `origin` of `portTransport`. Requests of another origin are ignored. */
      origin: string;
    }
);

const OPTIONS: NamesOf<PortTransportOptions> = {
  port: true,
  target: true,
  origin: true,
  readyTimeout: true,
  signal: true,
};
const SERVE_OPTIONS: NamesOf<ServePortOptions> = {
  transport: true,
  maxPending: true,
  timeout: true,
  port: true,
  source: true,
  origin: true,
};

/** The window of the host. */
export interface HostWindow {
  readonly target: Window;
  readonly origin: string;
  readonly readyTimeout: number;
}

interface PortSettings {
  readonly host: MessagePort | HostWindow;
  readonly signal: AbortSignal | undefined;
}

interface ServeSettings {
  readonly transport: Transport;
  /** A port, or the window of the clients. */
  readonly client: MessagePort | OtherWindow;
  readonly maxPending: number;
  /** In ms; `Infinity`: no limit. */
  readonly timeout: number;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readPortOptions(options: PortTransportOptions): PortSettings {
  checkOptionNames(options, OPTIONS);
  const { port, target, origin, readyTimeout = 10_000, signal } = (options ?? {}) as Fields;
  if (signal) checkSignal(signal);
  const host = readPort(port, { target, origin }) ?? {
    target: readWindow('target', target),
    origin: readOrigin(origin),
    readyTimeout: readyTimeout as number,
  };
  const isTime = typeof readyTimeout === 'number' && readyTimeout >= 0 && readyTimeout <= LONGEST_TIMER;
  checkOption(isTime, 'readyTimeout', `a number of ms from 0 to ${LONGEST_TIMER}`, readyTimeout);
  return { host, signal: signal as AbortSignal | undefined };
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readServeOptions(options: ServePortOptions): ServeSettings {
  checkOptionNames(options, SERVE_OPTIONS);
  const given = (options ?? {}) as Fields & { transport?: Transport };
  const { transport, port, source, origin, maxPending = 1_000, timeout = 600_000 } = given;
  checkOption(isFunction(transport?.send), 'transport', 'an object with a function send', transport);
  const client = readPort(port, { source, origin }) ?? readOtherWindow(source, origin);
  const isCount = Number.isInteger(maxPending) && (maxPending as number) > 0;
  checkOption(isCount, 'maxPending', 'a positive integer', maxPending);
  const isTime = timeout === false || (Number.isFinite(timeout) && (timeout as number) > 0);
  checkOption(isTime, 'timeout', 'a positive number of ms, or false', timeout);
  return {
    transport: transport as Transport,
    client,
    maxPending: maxPending as number,
    timeout: timeout === false ? Infinity : (timeout as number),
  };
}

/** @param others The options that replace a port: a window and its origin. */
function readPort(port: unknown, others: Fields): MessagePort | undefined {
  const given = Object.entries(others);
  const [[name, window] = []] = given;
  const { start, postMessage } = (port ?? {}) as Partial<MessagePort>;
  if (port === undefined && window !== undefined) return undefined;
  const isPort = isFunction(start) && isFunction(postMessage);
  checkOption(isPort, 'port', `a MessagePort, or else a ${name} and its origin`, port);
  for (const [option, value] of given)
    if (value !== undefined) throw invalidOption(option, 'none, as there is a port', [value]);
  return port as MessagePort;
}
