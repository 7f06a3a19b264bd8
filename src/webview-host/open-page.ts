import type { Attachment } from '../bridge/attachment.ts';
import type { InnerEvents } from '../bridge/bridge-events.ts';
import type { WidgetCall } from '../bridge/calls.ts';
import type { DroppedHeaders } from '../bridge/dropped-headers.ts';
import { createExchange, type Exchange } from '../bridge/exchange.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import type { HostSettings, WebViewHostOptions } from './host-options.ts';
import { type Addressee, isAddressee, type Moment, thisMoment } from './page-guard.ts';
import { asciiJson, replyScripts } from './reply-scripts.ts';

/** The pages of one origin that a WebView shows one after the other: what they have asked, and how that is answered. */
export interface Page {
  readonly exchange: Exchange;
  /** Takes a call of the page that is shown. */
  take(read: () => WidgetCall): void;
  /** Another page begins: ends what the one before has asked, and answers it if it is there still. */
  turn(): void;
}

/**
 * Each WebView and each origin has an exchange of its own, since they may use the same ids. A WebView may be on its way to
 * the next page, or there, or stay: so each reply is for a page that was there when it was asked for.
 *
 * @param origin Checked by the page that runs a reply.
 */
export function openPage(
  settings: HostSettings,
  emitter: Emitter<InnerEvents>,
  droppedHeaders: DroppedHeaders,
  inject: WebViewHostOptions['inject'],
  origin?: string | undefined,
): Page {
  const exchange = createExchange(settings, emitter, droppedHeaders);
  /** When what is still to be answered was asked for, by ids. Of two requests that are answered as one, the newer counts. */
  const asked = new Map<string, Moment>();

  function deliver(reply: unknown, requestId: string | number, addressee: Addressee): boolean {
    // A reply is an object where it could not be written, and the failure reply stands in.
    const json = typeof reply === 'string' ? reply : asciiJson(reply);
    return callSafely(() => {
      for (const script of replyScripts(json, requestId, isAddressee(addressee), settings.script)) {
        const result = inject(script);
        callSafely(() => result);
      }
    });
  }

  /** A WebView as the widget that an exchange answers: by scripts. */
  const attachment: Attachment = {
    install: () => {},
    standBefore: () => {},
    restore: () => {},
    answer(reply, requestId) {
      const moment = asked.get(`${requestId}`);
      asked.delete(`${requestId}`);
      return moment && deliver(reply, requestId, { origin, asked: moment }) ? 'taken' : 'absent';
    },
  };

  function note(call: WidgetCall): WidgetCall {
    if (!('request' in call)) return call;
    const { longId: requestId = call.request.requestId } = call;
    const moment = thisMoment();
    const after = asked.get(`${requestId}`);
    if (!after || !call.error) {
      asked.set(`${requestId}`, moment);
      return call;
    }
    // The page that asked for the reply under this id gets that alone. A page that has come since asked for none.
    const refuse = (reply: unknown): boolean => deliver(reply, requestId, { origin, asked: moment, after });
    return { ...call, replies: false, callbacks: [refuse] };
  }

  const turn = (): void => {
    exchange.attach(attachment);
  };

  turn();
  return {
    exchange,
    take: (read) => exchange.take(() => note(read())),
    turn,
  };
}
