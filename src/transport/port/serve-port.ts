import { attempt } from '../../check.ts';
import { isFrom, type OtherWindow } from '../../http/other-window.ts';
import { isKnock, type Message, VERSION, versionOf } from './port-messages.ts';
import { readServeOptions, type ServePortOptions } from './port-options.ts';
import { ServeBounds } from './serve-bounds.ts';
import { ServedChannel, type Serving } from './served-channel.ts';

/**
 * The other end of {@link portTransport}: receives the requests of another window or of a worker, and sends them with a
 * transport here.
 *
 * 1. Messages are accepted only from the given window and origin, or from the given port. All other messages are ignored.
 * 2. A request has the signal and the deadline of the client. It is aborted when it ends there, or when that page is left.
 *    Notices (`notify`) come as well.
 * 3. One call serves all clients in that window, also after the window was loaded again. A port serves one client, and few
 *    engines report that it is gone: stop the old one when you send another port.
 * 4. The client is not trusted. The `type` of a request is read from its body, malformed headers are dropped, a message that
 *    comes twice is ignored, and `maxPending` and `timeout` limit the requests. Scripts in that window can still send any
 *    request: to allow only some types, wrap `transport` and check `request.type`.
 * 5. A transport with `receive`, such as `nativeTransport`, is answered through a function of this page. Here is no bridge with
 *    such a function: give the shell one that calls `transport.receive(response, requestId)`.
 * 6. On a server, which has no windows, it does nothing.
 *
 * @returns A function that stops it: pending requests are aborted here, and fail with `NO_CHANNEL` there. A port is closed.
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
  const { transport, client, maxPending, timeout } = readServeOptions(options);
  const serving = { transport, bounds: new ServeBounds(maxPending, timeout) };
  if ('source' in client) return serveWindow(client, serving);
  const channel = new ServedChannel(client, serving);
  return () => channel.close();
}

/** How many clients one window may have. A normal page has a few. */
const MOST_CLIENTS = 100;

/** Serves the clients in another window, each over the port of its knock. Returns the function that stops it. */
function serveWindow(client: OtherWindow, serving: Serving): () => void {
  const name = Math.random().toString(36).slice(2);
  /** In the order of their last messages. */
  const channels = new Set<ServedChannel>();

  function onMessage(event: MessageEvent): void {
    const [port] = event.ports;
    if (!port || !isFrom(client, event)) return;
    const version = versionOf(event.data);
    if (version === undefined || !isKnock(event.data)) return;
    event.stopImmediatePropagation(); // a second `servePort` on this page must not serve the same port
    if (version === VERSION) welcome(port);
    else refuse(port);
  }

  function welcome(port: MessagePort): void {
    const channel = new ServedChannel(port, {
      ...serving,
      onMessage() {
        channels.delete(channel);
        channels.add(channel);
      },
      onClose: () => channels.delete(channel),
    });
    if (channels.size >= MOST_CLIENTS) closeOldest();
    channels.add(channel);
    channel.post({ bankside: VERSION, welcome: name });
  }

  /** The client learns the version of this side from it. */
  function refuse(port: MessagePort): void {
    port.postMessage({ bankside: VERSION, bye: true } satisfies Message);
    port.close();
  }

  /** Prefers a client without pending requests. It knocks again with its next message. */
  function closeOldest(): void {
    const all = [...channels];
    const oldest = all.find((channel) => !channel.hasPending) ?? all[0];
    if (!oldest) return;
    channels.delete(oldest);
    oldest.close();
  }

  function closeAll(): void {
    for (const channel of channels) channel.close();
    channels.clear();
  }

  // A server has none of these functions.
  if (!globalThis.addEventListener) return () => {};
  addEventListener('message', onMessage);
  addEventListener('pagehide', closeAll); // no engine informs the clients that this page is gone
  const ready: Message = { bankside: VERSION, ready: name };
  attempt(() => client.source()?.postMessage(ready, client.origin));

  return () => {
    removeEventListener('message', onMessage);
    removeEventListener('pagehide', closeAll);
    closeAll();
  };
}
