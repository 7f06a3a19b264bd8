import { contextIdOf } from './context-id.ts';
import { decodeBase64 } from './decode-base64.ts';
import { deepExtend } from './deep-extend.ts';
import type { Delegate } from './find-delegate.ts';
import { isSuccess } from './is-success.ts';
import type { TestCallback } from './shipped-test-widget.ts';

export type Sender = 'sendRequestToPServer' | 'sendRequestToEnrichServer';
export type Fields = Record<string, unknown>;

/** A command on its way to the delegate. */
export interface Ask {
  /** The command's fields, `type` among them. */
  readonly fields: Fields;
  readonly ok?: TestCallback;
  readonly fail?: TestCallback;
  /** Default: `sendRequestToPServer`. */
  readonly sender?: Sender | undefined;
  /** Whether the fields that all commands have stay away. */
  readonly isBare?: boolean;
  /** Default: made of the type and the millisecond. */
  readonly requestId?: string | undefined;
  /** Hears why neither callback will be called. */
  readonly lost?: ((error: Error) => void) | undefined;
}

/** Sees each request and each reply. */
export interface ProxyWatch {
  /** A request is about to be sent: `call` calls the delegate. */
  sending(id: string, sender: Sender, ask: Ask, call: () => void): void;
  /** A request goes nowhere: the delegate has no function of its own for it. */
  unsent(id: string, sender: Sender, ask: Ask): void;
  /** A reply came. */
  reply(given: unknown, id: unknown): void;
  /** The reply does not reach its callback: it cannot be read, or `sessionError` threw. */
  lost(id: unknown, error: unknown): void;
}

/** The part of build 21.5 that asks the delegate and takes the replies. What it reads of the configuration it reads once. */
export interface RequestProxy {
  /** The page's option of that name. */
  readonly ctxId: unknown;
  /** @throws Whatever the delegate throws. The request stays registered. */
  send(ask: Ask): void;
  /** @throws Whatever a callback or `sessionError` throws; TypeError or SyntaxError where Base64 is expected. */
  handleServerResponse(reply: unknown, requestId: unknown): void;
}

/** @param delegate Returns the delegate. It is called for each request and each reply. */
export function createRequestProxy(
  config: Fields,
  delegate: () => Delegate,
  watch: ProxyWatch,
): RequestProxy {
  const { lang, deviceType, ctxId, protocolVersion = '2.6', base64EncodeResponse = true } = config;
  const headers = deepExtend({ 'Content-Type': 'application/json; charset=UTF-8' }, headersOf(config));
  /** By id; never removed. */
  const callbacks = new Map<string, Pick<Ask, 'ok' | 'fail'>>();

  function bodyOf({ fields, isBare }: Ask): Fields {
    const common: Fields = { clientVersion: '21.5', protocolVersion };
    if (lang) common['lang'] = lang;
    if (deviceType) common['deviceType'] = deviceType;
    return { ...(isBare ? {} : common), ...fields, ctxId: contextIdOf(ctxId, fields['type']) };
  }

  return {
    ctxId,
    send(ask) {
      const { sender = 'sendRequestToPServer', requestId = requestIdOf(ask.fields['type']) } = ask;
      const target = delegate();
      if (!hasOwnFunction(target, sender)) return watch.unsent(requestId, sender, ask);
      callbacks.set(requestId, ask);
      watch.sending(requestId, sender, ask, () => callOf(target, sender)(headers, bodyOf(ask), requestId));
    },
    handleServerResponse(given, requestId) {
      watch.reply(given, requestId);
      const reply = guard(requestId, () => (base64EncodeResponse ? JSON.parse(decodeBase64(given)) : given));
      const known = callbacks.get(String(requestId));
      if (!known) return;
      if (isSuccess(reply) && known.ok !== undefined) {
        (known.ok as (reply: unknown) => unknown)(reply); // null throws, as it does in the widget
        return;
      }
      const target = delegate();
      if (hasOwnFunction(target, 'sessionError')) {
        guard(requestId, () => callOf(target, 'sessionError')(reply));
      }
      if (typeof known.fail === 'function') known.fail(reply);
    },
  };

  /** Tells what keeps a reply from its callback. */
  function guard<T>(requestId: unknown, step: () => T): T {
    try {
      return step();
    } catch (error) {
      watch.lost(requestId, error);
      throw error;
    }
  }
}

/** Base64 of the command's type and the millisecond: two of one type in one millisecond have one id. */
export function requestIdOf(type: unknown): string {
  const bytes = new TextEncoder().encode(`reqPersonetics${type}${Date.now()}`);
  return btoa(String.fromCharCode(...bytes));
}

/** Whether the delegate has the function as a property of its own. A class's methods are on its prototype. */
export function hasOwnFunction(delegate: Delegate, name: string): boolean {
  return Object.hasOwn(delegate, name) && typeof delegate[name] === 'function';
}

/** Reads the function again, and calls it on the delegate. */
function callOf(delegate: Delegate, name: string): (...args: unknown[]) => void {
  return (...args) => void (delegate[name] as (...args: unknown[]) => unknown)(...args);
}

function headersOf(config: Fields): Fields {
  return (config['requestHeaders'] ?? {}) as Fields;
}
