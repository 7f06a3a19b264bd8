import type { SenderName } from '../../transport/transport.ts';
import { decodeBase64 } from './decode-base64.ts';
import { deepExtend, type WidgetFields } from './deep-extend.ts';
import type { Delegate } from './find-delegate.ts';
import type { TestCallback } from './shipped-test-widget.ts';

/** The senders that build 21.5 calls. */
type ShippedSender = Exclude<SenderName, 'sendRequestToOBServer'>;

/** A command for the delegate. */
export interface ProxyRequest {
  /** The fields of the command, with its `type`. */
  readonly fields: WidgetFields;
  readonly ok?: TestCallback;
  readonly fail?: TestCallback;
  /** Default: `sendRequestToPServer`. */
  readonly sender?: ShippedSender | undefined;
  /** Whether to omit the fields that all commands have. */
  readonly isBare?: boolean;
  /** Default: the type and the current millisecond. */
  readonly requestId?: string | undefined;
  /** Called with the reason if neither callback will be called. */
  readonly lost?: ((error: Error) => void) | undefined;
}

/** Observes each request and each reply. */
export interface ProxyWatch {
  /** Before a request. It must call `call`, which calls the delegate. */
  sending(id: string, sender: ShippedSender, request: ProxyRequest, call: () => void): void;
  /** A request is not sent: the delegate has no own function for it. */
  unsent(id: string, sender: ShippedSender, request: ProxyRequest): void;
  /** A reply has arrived. */
  reply(given: unknown, id: unknown): void;
  /** A reply does not reach its callback: it cannot be read, or `sessionError` threw. */
  lost(id: unknown, error: unknown): void;
}

/** The part of build 21.5 that calls the delegate and handles replies. It reads the configuration once. */
export interface RequestProxy {
  /** The page's option `ctxId`. */
  readonly ctxId: unknown;
  /** @throws Whatever the delegate throws. The request stays registered. */
  send(request: ProxyRequest): void;
  /** @throws Whatever a callback or `sessionError` throws; TypeError or SyntaxError for invalid Base64. */
  handleServerResponse(reply: unknown, requestId: unknown): void;
}

/** @param delegate Returns the delegate. Called for each request and each reply. */
export function createRequestProxy(
  config: WidgetFields,
  delegate: () => Delegate,
  watch: ProxyWatch,
): RequestProxy {
  const { lang, deviceType, ctxId, protocolVersion = '2.6', base64EncodeResponse = true } = config;
  const headers = deepExtend({ 'Content-Type': 'application/json; charset=UTF-8' }, headersOf(config));
  /** By id. Never removed, as in the widget. */
  const callbacks = new Map<string, Pick<ProxyRequest, 'ok' | 'fail'>>();

  function bodyOf({ fields, isBare }: ProxyRequest): WidgetFields {
    const common: WidgetFields = { clientVersion: '21.5', protocolVersion };
    if (lang) common['lang'] = lang;
    if (deviceType) common['deviceType'] = deviceType;
    return { ...(isBare ? {} : common), ...fields, ctxId: contextIdOf(ctxId, fields['type']) };
  }

  return {
    ctxId,
    send(request) {
      const { sender = 'sendRequestToPServer', requestId = requestIdOf(request.fields['type']) } = request;
      const target = delegate();
      if (!hasOwnFunction(target, sender)) return watch.unsent(requestId, sender, request);
      callbacks.set(requestId, request);
      watch.sending(requestId, sender, request, () =>
        callOf(target, sender)(headers, bodyOf(request), requestId),
      );
    },
    handleServerResponse(given, requestId) {
      watch.reply(given, requestId);
      const reply = reportLost(requestId, () =>
        base64EncodeResponse ? JSON.parse(decodeBase64(given)) : given,
      );
      const known = callbacks.get(String(requestId));
      if (!known) return;
      if (isSuccess(reply) && known.ok !== undefined) {
        (known.ok as (reply: unknown) => unknown)(reply); // null throws, as it does in the widget
        return;
      }
      const target = delegate();
      if (hasOwnFunction(target, 'sessionError')) {
        reportLost(requestId, () => callOf(target, 'sessionError')(reply));
      }
      if (typeof known.fail === 'function') known.fail(reply);
    },
  };

  /** Reports an error that keeps a reply from its callback. */
  function reportLost<T>(requestId: unknown, step: () => T): T {
    try {
      return step();
    } catch (error) {
      watch.lost(requestId, error);
      throw error;
    }
  }
}

/** Base64 of the command's type and the millisecond. Two requests of one type in one millisecond share an id. */
export function requestIdOf(type: unknown): string {
  const bytes = new TextEncoder().encode(`reqPersonetics${type}${Date.now()}`);
  return btoa(String.fromCharCode(...bytes));
}

/** Whether the delegate has the function as an own property. The methods of a class are on its prototype. */
export function hasOwnFunction(delegate: Delegate, name: string): boolean {
  return Object.hasOwn(delegate, name) && typeof delegate[name] === 'function';
}

/** Reads the function when it is called, and calls it on the delegate. */
function callOf(delegate: Delegate, name: string): (...args: unknown[]) => void {
  return (...args) => void (delegate[name] as (...args: unknown[]) => unknown)(...args);
}

function headersOf(config: WidgetFields): WidgetFields {
  return (config['requestHeaders'] ?? {}) as WidgetFields;
}

/** The `ctxId` of a body: the page's option, or the value that belongs to the command. */
function contextIdOf(option: unknown, type: unknown): unknown {
  if (typeof option === 'string' && option !== '') return option;
  return type === 'getInsights' ? 'sampleTopRelevant' : 'dashboard';
}

/** Whether build 21.5 treats a reply as a success: its own `ok` is loosely 1, or its `status` loosely 200. */
function isSuccess(reply: unknown): boolean {
  if (reply === null || reply === undefined) return false;
  const { ok, status } = reply as { ok?: unknown; status?: unknown };
  return (Object.hasOwn(reply, 'ok') && isLoosely(ok, 1)) || isLoosely(status, 200);
}

/** The comparison of the widget: `'1'`, `true` and `' 200 '` are equal too. */
function isLoosely(value: unknown, number: number): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the widget's own comparison
  return value == number;
}
