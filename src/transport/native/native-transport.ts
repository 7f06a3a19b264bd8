import { onAbort } from '../../abort.ts';
import { callSafely, reportUncaught } from '../../emitter.ts';
import { BanksideError } from '../../errors.ts';
import { type DisposableTransport, disposable } from '../transport.ts';
import { type NativeTransportOptions, readNativeOptions } from './native-options.ts';
import { handleReply } from './native-replies.ts';
import { type NativeNotice, nativeNotices } from './notices.ts';
import { createShellQueue } from './shell-queue.ts';
import { ShellRequest, type ShellSettings } from './shell-request.ts';

/**
 * Passes requests to the native app around the page, which sends them over its own secured channel. For pages in iOS WKWebView,
 * Android WebView, React Native or Flutter.
 *
 * 1. Each message looks for the native side, and waits for it, since it may be injected late. If it does not come, the request
 *    fails with `NO_CHANNEL`.
 * 2. A request is posted with a new id, in the form that published integration code uses. No published message has headers or
 *    Open Banking calls: those are further fields and names. Of the widget's headers, those in `widgetHeaders` are posted; an
 *    app with two channels gets none.
 * 3. Native code answers with that id, by calling `handlePServerResponse(response, requestId)` or `handleServerResponse` on the
 *    widget, or on the bridge's delegate, with an object, JSON text or Base64 of UTF-8 JSON. Or it returns the reply, where the
 *    shell can: a WKScriptMessageHandlerWithReply, a handler of flutter_inappwebview.
 * 4. Session events, navigation and other calls are posted in the same way, without an id, as the vendor's published delegate
 *    does. What the page does itself is not posted: the widget's `callPersoneticsAPI`, and addresses to open.
 * 5. The native side does not learn that a request was aborted. Its late answer becomes an `orphan` event with the id of the
 *    message and the reason `unknown`.
 *
 * The iOS message is tested in WebKitGTK, which has the same `window.webkit.messageHandlers`; the others with stand-ins. Test it
 * on your own devices.
 *
 * @returns A transport, for any number of bridges. `send` rejects with `NO_CHANNEL`, `INVALID_CALL` (the body cannot be written
 *   as JSON), `NETWORK` (the native side threw or rejected), `ABORTED` or `DISPOSED`.
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
  const notFound = `No native side was found in ${readyTimeout} ms: looked for ${names}`;
  const controller = new AbortController();
  const { signal: disposal } = controller;
  const settings: ShellSettings = { queue, disposal, signal, notFound, widgetHeaders };

  function post({ name, requestData }: NativeNotice): void {
    queue.add({
      isNotice: true,
      send: (shell) => callSafely(() => shell.takes?.(name) !== false && shell.postNotice(name, requestData)),
      onTimeout: () => reportUncaught(new BanksideError('NO_CHANNEL', `${notFound} (${name})`, {})),
    });
  }

  const dispose = (): void => controller.abort();
  const removeListener = onAbort(signal, dispose);
  onAbort(disposal, removeListener);
  onAbort(disposal, queue.clear);

  return disposable({
    send: (request, context) =>
      new Promise((resolve, reject) => {
        new ShellRequest(request, context, settings, resolve, reject).start();
      }),
    receive: handleReply,
    notify(name, data) {
      if (disposal.aborted) return;
      for (const notice of nativeNotices(name, data)) post(notice);
    },
    dispose,
  });
}
