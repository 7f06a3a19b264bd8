import { readServeOptions, type ServePortOptions } from './port-options.ts';
import { createBounds } from './serve-bounds.ts';
import { serveLine } from './serve-line.ts';
import { serveWindow } from './serve-window.ts';

/**
 * The far side of {@link portTransport}: takes the requests of another window, or of a worker, and sends them over a
 * transport here.
 *
 * 1. Messages are taken from the given window and origin alone, or from the given port. What is no message of
 *    `portTransport` is left alone.
 * 2. A request has the signal and the deadline of the one who asked; it is aborted when it ends there, or when the page
 *    in that window is left. Notices (`notify`) come as well.
 * 3. One window or function serves all the near sides in that window, also after it has been loaded anew. A port that
 *    was given serves one, and few engines tell that it is gone: stop it when you hand out another.
 * 4. The near side is not believed: the `type` of a request is read from its body, headers that are not written as HTTP
 *    writes them are dropped, a message that has been taken is not taken again, and the options say how many requests
 *    may be under way, and for how long. Scripts of that window can still ask for anything: to allow some types alone,
 *    let `transport` look at `request.type`, and refuse all others.
 * 5. A transport with `receive`, such as `nativeTransport`, is answered by a function of this page. There is no bridge
 *    here to stand before it: give the shell a function that calls `transport.receive(response, requestId)`.
 *
 * @returns Stops it: what is pending is aborted here, and fails with `NO_CHANNEL` there. A port is closed.
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { httpTransport, servePort } from 'bankside';
 *
 * declare const frame: HTMLIFrameElement;
 *
 * const transport = httpTransport({ endpoints: { pserver: '/api/pserver/execute' }, authToken: false });
 * const stop = servePort({
 *   transport,
 *   source: () => frame.contentWindow,
 *   origin: 'https://widget.bank.example',
 * });
 * ```
 */
export function servePort(options: ServePortOptions): () => void {
  const { transport, near, maxPending, timeout } = readServeOptions(options);
  const serving = { transport, bounds: createBounds(maxPending, timeout) };
  return 'source' in near ? serveWindow(near, serving) : serveLine(near, serving).close;
}
