import { attempt, checkOption, invalidOption, isFunction, isSignal } from '../../check.ts';
import { LONGEST_TIMER } from '../../time.ts';
import type { Transport } from '../transport.ts';

/** What {@link portTransport} is made with: a port of a channel, or the window that is on the far side. */
export type PortTransportOptions = (
  | {
      /** One port of a channel whose other port `servePort` has. The transport takes it over. */
      port: MessagePort;
    }
  | {
      /** The window in which `servePort` runs: `window.parent`, the `contentWindow` of an iframe. */
      target: Window;
      /**
       * Its origin, such as `'https://bank.example'`. There is no default, and neither `'*'` nor `'null'`: a frame
       * that is sandboxed without `allow-same-origin` has no origin to be known by. Hand it a port.
       */
      origin: string;
      /**
       * How long to wait, in ms, for a far side that does not answer (yet), as its window may load late. After
       * that, requests fail with `NO_CHANNEL`. It ends with the request's own timeout, if that is earlier.
       *
       * @default 10_000
       */
      readyTimeout?: number | undefined;
    }
) & {
  /** Disposes the transport when it aborts. */
  signal?: AbortSignal | undefined;
};

/** What {@link servePort} is made with: what carries the requests, and from whom they are taken. */
export type ServePortOptions = {
  /** What carries the requests. Whoever made it disposes it. */
  transport: Transport;
  /**
   * How many requests may be under way at once, over all near sides. Those above it fail with `OVERLOADED`.
   *
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * How long a request may take, in ms, whatever the near side gives it; `false`: as long as that says, or for ever.
   * After that it is aborted here, and fails with `TIMEOUT` there.
   *
   * @default 600_000
   */
  timeout?: number | false | undefined;
} & (
  | {
      /** One port of a channel whose other port `portTransport` has. It is taken over. */
      port: MessagePort;
    }
  | {
      /**
       * The window in which `portTransport` runs, or a function that gets it, for a frame that may come later or
       * be another: requests of any other window are not heard.
       */
      source: Window | (() => Window | null | undefined);
      /** Its origin, as the `origin` of `portTransport`: requests of another origin are not heard. */
      origin: string;
    }
);

/** A window, and what its messages are known by. */
export interface FarWindow {
  readonly target: Window;
  readonly origin: string;
  readonly readyTimeout: number;
}

/** The options of the near side as checked. */
export interface PortSettings {
  readonly far: MessagePort | FarWindow;
  readonly signal: AbortSignal | undefined;
}

/** The window that is served, and what its messages are known by. */
export interface NearWindow {
  readonly source: () => Window | null | undefined;
  readonly origin: string;
}

/** The options of the far side as checked. */
export interface ServeSettings {
  readonly transport: Transport;
  readonly near: MessagePort | NearWindow;
  readonly maxPending: number;
  /** `Infinity`: for ever. */
  readonly timeout: number;
}

type Given = Partial<
  Record<
    'port' | 'target' | 'source' | 'origin' | 'readyTimeout' | 'signal' | 'maxPending' | 'timeout',
    unknown
  >
>;

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readPortOptions(options: PortTransportOptions): PortSettings {
  const { port, target, origin, readyTimeout = 10_000, signal } = (options ?? {}) as Given;
  checkOption(!signal || isSignal(signal), 'signal', 'an AbortSignal', signal);
  const far = readPort(port, { target, origin }) ?? {
    target: readWindow('target', target),
    origin: readOrigin(origin),
    readyTimeout: readyTimeout as number,
  };
  checkOption(
    Number.isFinite(readyTimeout) &&
      (readyTimeout as number) >= 0 &&
      (readyTimeout as number) <= LONGEST_TIMER,
    'readyTimeout',
    `a number of ms from 0 to ${LONGEST_TIMER}`,
    readyTimeout,
  );
  return { far, signal: signal as AbortSignal | undefined };
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readServeOptions(options: ServePortOptions): ServeSettings {
  const given = (options ?? {}) as Given & { transport?: Transport };
  const { transport, port, source, origin, maxPending = 1_000, timeout = 600_000 } = given;
  checkOption(isFunction(transport?.send), 'transport', 'an object with a function send', transport);
  const near = readPort(port, { source, origin }) ?? {
    source: readSource(source),
    origin: readOrigin(origin),
  };
  const isCount = Number.isInteger(maxPending) && (maxPending as number) > 0;
  checkOption(isCount, 'maxPending', 'a positive integer', maxPending);
  const isTime = timeout === false || (Number.isFinite(timeout) && (timeout as number) > 0);
  checkOption(isTime, 'timeout', 'a positive number of ms, or false', timeout);
  return {
    transport: transport as Transport,
    near,
    maxPending: maxPending as number,
    timeout: timeout === false ? Infinity : (timeout as number),
  };
}

/** @param others What is given instead of a port: a window, and what goes with it. */
function readPort(port: unknown, others: Given): MessagePort | undefined {
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

/** A window of another origin lets nearly nothing be read, so that it is not looked at closely. */
function readWindow(option: string, value: unknown): Window {
  const isThisOne = value === globalThis;
  const isWindow = attempt(() => isFunction((value as Window).postMessage));
  if (isWindow && !isThisOne) return value as Window;
  throw invalidOption(option, 'another window', isThisOne ? 'this very one' : [value]);
}

function readSource(source: unknown): () => Window | null | undefined {
  if (isFunction(source)) return () => attempt(source as NearWindow['source']);
  const known = readWindow('source', source);
  return () => known;
}

/** An origin as it is told of a message. A path would be ignored, and so leave open what was meant by it. */
function readOrigin(value: unknown): string {
  const url = typeof value === 'string' ? attempt(() => new URL(value)) : undefined;
  const isOrigin = url && url.origin !== 'null' && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  const expected = "an origin such as 'https://bank.example' (to a frame without an origin, hand a port)";
  const isNobody = value === '*' || value === 'null';
  throw invalidOption('origin', expected, isNobody ? `'${value}'` : [value]);
}
