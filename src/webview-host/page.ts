import { callSafely, type Emitter } from '../emitter.ts';
import type { RequestCall, WidgetCall } from '../requests/calls.ts';
import type { DroppedHeaders } from '../requests/dropped-headers.ts';
import type { InnerEvents } from '../requests/events.ts';
import { Requests } from '../requests/requests.ts';
import type { HostSettings, WebViewHostOptions } from './host-options.ts';
import { type Moment, type Recipient, recipientCheck, thisMoment } from './page-guard.ts';
import { asciiJson, replyScripts } from './reply-scripts.ts';

/**
 * The pages of one origin that a WebView shows one after the other. Each WebView and each origin has requests of its
 * own, since they may use the same ids. A WebView may stay on a page or load the next one at any time, so each reply is
 * for a page that was loaded when it was asked for.
 */
export class Page {
  readonly requests: Requests;
  readonly #script: HostSettings['script'];
  readonly #inject: WebViewHostOptions['inject'];
  readonly #origin: string | undefined;
  /** When each unanswered id was asked for. If two requests get one answer, this is the time of the newer one. */
  readonly #asked = new Map<string, Moment>();

  /** @param origin The page that runs a reply must have it. */
  constructor(
    settings: HostSettings,
    emitter: Emitter<InnerEvents>,
    droppedHeaders: DroppedHeaders,
    inject: WebViewHostOptions['inject'],
    origin?: string | undefined,
  ) {
    this.requests = new Requests(settings, emitter, droppedHeaders);
    this.#script = settings.script;
    this.#inject = (script) => inject(script); // so that the app's function does not get this page as `this`
    this.#origin = origin;
    this.startNext();
  }

  /** Handles a call of the page that is shown. */
  handle(read: () => WidgetCall): void {
    this.requests.handle(() => {
      const call = read();
      return 'request' in call ? this.#noteMoment(call) : call;
    });
  }

  /** The next page begins: ends what the page before has asked, and answers it if that page is still there. */
  startNext(): void {
    this.requests.attach({
      answer: (reply, requestId) => {
        const asked = this.#asked.get(`${requestId}`);
        this.#asked.delete(`${requestId}`);
        return asked && this.#deliver(reply, requestId, { origin: this.#origin, asked }) ? 'done' : 'absent';
      },
    });
  }

  #noteMoment(call: RequestCall): RequestCall {
    const { longId: requestId = call.request.requestId } = call;
    const asked = thisMoment();
    const after = this.#asked.get(`${requestId}`);
    if (!after || !call.error) {
      this.#asked.set(`${requestId}`, asked);
      return call;
    }
    // The call is refused, and another request with its id is pending. The page that sent that request gets its reply
    // alone. So the failure reply is for a page that began later.
    const recipient = { origin: this.#origin, asked, after };
    const refuse = (reply: unknown): boolean => this.#deliver(reply, requestId, recipient);
    return { ...call, wantsReply: false, callbacks: [refuse] };
  }

  /** Returns whether all scripts were injected. */
  #deliver(reply: unknown, requestId: string | number, recipient: Recipient): boolean {
    // `asciiJson` has made a string of the reply. Where it threw, this is the failure reply, as an object.
    const json = typeof reply === 'string' ? reply : asciiJson(reply);
    return callSafely(() => {
      for (const script of replyScripts(json, requestId, recipientCheck(recipient), this.#script)) {
        const result = this.#inject(script);
        callSafely(() => result);
      }
    });
  }
}
