import type { Attachment } from '../bridge/attachment.ts';
import type { InnerEvents } from '../bridge/bridge-events.ts';
import type { WidgetCall } from '../bridge/calls.ts';
import { createExchange, type Exchange } from '../bridge/exchange.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import type { HostSettings, WebViewHostOptions } from './host-options.ts';
import { asciiJson, type ReplyScriptOptions, replyScripts, unlessBegunAfter } from './reply-scripts.ts';

/** One WebView: what the page in it has asked, and how that is answered. */
export interface Page {
  readonly exchange: Exchange;
  /** Takes a call of the page that it shows. */
  take(read: () => WidgetCall): void;
  /** Another page begins: ends what the one before has asked, and answers it if it is there still. */
  turn(): void;
}

/** Each WebView has an exchange of its own, since they may use the same ids. */
export function openPage(
  settings: HostSettings,
  emitter: Emitter<InnerEvents>,
  inject: WebViewHostOptions['inject'],
): Page {
  const exchange = createExchange(settings, emitter);
  let shown: { askedAt: number };

  function turn(): void {
    const page = { askedAt: Date.now() };
    shown = page;
    // The WebView may be on its way to the next page, or there, or stay: a page that has asked nothing hears nothing.
    const run = (script: string): unknown =>
      inject(page === shown ? script : unlessBegunAfter(page.askedAt, script));
    exchange.attach(attachTo(run, settings.script));
  }

  turn();
  return {
    exchange,
    take(read) {
      shown.askedAt = Date.now();
      exchange.take(read);
    },
    turn,
  };
}

/** A WebView as the widget that an exchange answers: by scripts. */
function attachTo(inject: WebViewHostOptions['inject'], script: ReplyScriptOptions): Attachment {
  return {
    install: () => {},
    standBefore: () => {},
    restore: () => {},
    answer(reply, requestId) {
      // A reply is an object where it could not be written, and the failure reply stands in.
      const json = typeof reply === 'string' ? reply : asciiJson(reply);
      const isInjected = callSafely(() => {
        for (const piece of replyScripts(json, requestId, script)) {
          const result = inject(piece);
          callSafely(() => result);
        }
      });
      return isInjected ? 'taken' : 'absent';
    },
  };
}
