import { onAbort } from '../../abort.ts';
import { callSafely } from '../../emitter.ts';
import { BanksideError } from '../../errors.ts';
import type { DisposableTransport } from '../transport.ts';
import { type NativeTransportOptions, readNativeOptions } from './native-options.ts';
import { takeReply } from './native-replies.ts';
import { type NativeNotice, nativeNotices } from './notices.ts';
import { carry, type Passage } from './shell-channel.ts';
import { createShellQueue } from './shell-queue.ts';

/**
 * Hands requests to the native app around the page, which sends them over its own secured channel: for pages in
 * iOS WKWebView, Android WebView, React Native or Flutter.
 *
 * 1. The native side is looked for when something is sent, and waited for: it may be injected late. If it does
 *    not come, the request fails with `NO_CHANNEL`. None is dropped silently.
 * 2. A request is posted under an id of its own, in the message that published integration code was seen to use.
 *    Headers and Open Banking calls, which no published message carries, are further fields and names. Of the
 *    widget's headers those pass that `widgetHeaders` names; an app of two channels gets none.
 * 3. Native code answers with that id, by calling `handlePServerResponse(response, requestId)` or
 *    `handleServerResponse` on the widget, or on the bridge's delegate, with an object, JSON text or Base64 of UTF-8
 *    JSON. Or it returns the reply, where the shell can: a WKScriptMessageHandlerWithReply, a handler of
 *    flutter_inappwebview.
 * 4. Session events, navigation and the like are posted the same way, without an id: those that the vendor's
 *    published delegate posts, under its names, as they were at the call. What the page does itself is not posted:
 *    the widget's `callPersoneticsAPI`, and addresses to open.
 * 5. Nobody tells the native side that a request has been given up: its late answer becomes an `orphan` event under
 *    the id on the wire, with the reason `unknown`.
 *
 * The iOS message was run in WebKitGTK, which has the same `window.webkit.messageHandlers`; the others with
 * stand-ins. On a device it is for you to try.
 *
 * @returns A transport that any number of bridges may share. `send` rejects with `NO_CHANNEL`, `INVALID_CALL` (a
 *   body that cannot be written as JSON), `NETWORK` (the native side threw, or rejected, with what kind of value is its
 *   `cause`), `ABORTED` or `DISPOSED`.
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { nativeTransport, type Widget, WidgetBridge } from 'bankside';
 *
 * declare const personetics: Widget & { initialize(options: object): void };
 *
 * const bridge = new WidgetBridge({ transport: nativeTransport() });
 * bridge.attach(personetics);
 * const { delegate } = bridge;
 * const options = { eventsDelegate: delegate, pDelegate: delegate, base64EncodeResponse: false };
 * personetics.initialize({ lang: 'en', userId: 'user-1', deviceType: 'web', ...options });
 * ```
 */
export function nativeTransport(options: NativeTransportOptions = {}): DisposableTransport {
  const { shells, readyTimeout, widgetHeaders, signal } = readNativeOptions(options);
  const queue = createShellQueue(shells, readyTimeout);
  const names = shells.map(({ bridge }) => bridge).join(', ');
  const absent = `No native side was there in ${readyTimeout} ms: looked for ${names}`;
  const controller = new AbortController();
  const { signal: disposal } = controller;
  const passage: Passage = { queue, disposal, absent, widgetHeaders, reason: () => signal?.reason };

  function dispose(): void {
    controller.abort();
  }

  function post({ name, requestData }: NativeNotice): void {
    queue.run({
      isNotice: true,
      use: (shell) => callSafely(() => shell.takes?.(name) !== false && shell.postNotice(name, requestData)),
      miss: () =>
        callSafely(() => {
          throw new BanksideError('NO_CHANNEL', `${absent} (${name})`, {});
        }),
    });
  }

  onAbort(disposal, onAbort(signal, dispose));
  onAbort(disposal, queue.clear);

  const transport = {
    send: (request, context) => carry(request, context, passage),
    receive: takeReply,
    notify(name, data) {
      if (disposal.aborted) return;
      for (const notice of nativeNotices(name, data)) post(notice);
    },
    dispose,
  } as DisposableTransport;
  // Not where Symbol.dispose does not exist: it would be named 'undefined'.
  if (Symbol.dispose) transport[Symbol.dispose] = dispose;
  return transport;
}
