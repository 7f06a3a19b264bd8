import type { SenderName } from '../transport.ts';

/** A request of the widget, as a native shell gets it. */
export interface NativeRequest {
  /** The function that the widget called. It names the server. */
  readonly sender: SenderName;
  /** The body, exactly as the widget passed it: an object, or a string that is sent unchanged. */
  readonly requestData: unknown;
  /** The id for the answer: ten decimal digits. Not the widget's id, but one that no other request of the page has. */
  readonly requestId: string;
  /** The headers of the widget that are sent, if any: see the option `widgetHeaders`. */
  readonly requestHeaders: Readonly<Record<string, string>> | undefined;
}

/**
 * Posts messages from a page to the native app around it, for {@link nativeTransport}. Native code answers by a function of the
 * page, `handlePServerResponse(response, requestId)`.
 *
 * @example
 * ```ts
 * import { type NativeShell, nativeTransport } from 'bankside';
 *
 * declare const myBankApp: { postMessage(json: string): void } | undefined;
 *
 * const shell: NativeShell = {
 *   bridge: 'window.myBankApp',
 *   isThere: () => typeof myBankApp === 'object',
 *   postRequest: (request) => myBankApp?.postMessage(JSON.stringify(request)),
 *   postNotice: (name, data) => myBankApp?.postMessage(JSON.stringify({ name, data })),
 * };
 * const transport = nativeTransport({ shell });
 * ```
 */
export interface NativeShell {
  /** Its name in error messages. */
  readonly bridge: string;
  /** Whether the native side is there. Called before each message, and repeatedly while messages wait. */
  isThere(): boolean;
  /**
   * Whether it accepts messages of this name. Without this function, it accepts all. If not, a request fails with `NO_CHANNEL`,
   * and a notice is dropped.
   */
  takes?(name: string): boolean;
  /**
   * Whether a request is posted only after the one before has ended: answered, failed, timed out or aborted. For native code
   * that cannot say which of two requests it answers. It applies to all shells of the same `bridge` on the page together.
   *
   * @default false
   */
  readonly oneAtATime?: boolean | undefined;
  /**
   * Whether its messages can have headers. If not, the bridge reports the headers of the widget as `droppedHeaders`.
   *
   * @default true
   */
  readonly takesHeaders?: boolean | undefined;
  /**
   * Posts a request. If it returns or resolves with an object or a non-empty string, that is the reply; else the reply comes by
   * the function of the page. If it throws or rejects, the request fails with `NETWORK`; the `cause` only has the error's name.
   */
  postRequest(request: NativeRequest): unknown;
  /**
   * Posts a message without an answer: session events, navigation and others, with the names and the data of the vendor's
   * published delegate. `data` can be written as JSON.
   */
  postNotice(name: string, data: unknown): unknown;
}
