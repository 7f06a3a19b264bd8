/** A request of the widget's, as a native shell gets it. */
export interface NativeRequest {
  /** The widget's function, which names the server. */
  readonly sender: 'sendRequestToPServer' | 'sendRequestToEnrichServer' | 'sendRequestToOBServer';
  /** The body, exactly as the widget gave it: an object, or text that is to travel unchanged. */
  readonly requestData: unknown;
  /** The id to answer with, ten decimal digits: not the widget's, but one that no other request of the page has. */
  readonly requestId: string;
  /** The headers that the widget asked for and that pass, if any: see the option `widgetHeaders`. */
  readonly requestHeaders: Readonly<Record<string, string>> | undefined;
}

/**
 * The way from a page to the native app around it, for {@link nativeTransport}. What native code answers comes
 * back through the function of the page that it calls, `handlePServerResponse(response, requestId)`.
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
  /** What is looked for, in the words of the error when it is not there. */
  readonly bridge: string;
  /** Whether the native side can be reached now. Asked before each message, and again and again while it cannot. */
  isThere(): boolean;
  /**
   * Whether it takes messages of this name. Default: of any. A request that it does not take fails with
   * `NO_CHANNEL`, a notice is left out.
   */
  takes?(name: string): boolean;
  /**
   * Whether a request is handed over only when the one before it has ended: answered, failed, timed out or given up.
   * For native code that cannot tell which of two requests it answers. All shells of the same `bridge` on the page
   * take turns.
   *
   * @default false
   */
  readonly oneAtATime?: boolean | undefined;
  /**
   * Whether its messages have a place for headers. Without one, a request comes without, and those that the widget asked
   * for are told as a `droppedHeaders` event.
   *
   * @default true
   */
  readonly takesHeaders?: boolean | undefined;
  /**
   * Hands a request over. An object or text that it returns, or resolves with, is the reply; with anything
   * else the reply comes through the function of the page. What it throws, or rejects with, ends the request with
   * `NETWORK`, and is told by its kind alone.
   */
  postRequest(request: NativeRequest): unknown;
  /**
   * Hands over what wants no answer: session events, navigation and the like, under the names and with the data that
   * the vendor's published delegate gives them. `data` can be written as JSON.
   */
  postNotice(name: string, data: unknown): unknown;
}
