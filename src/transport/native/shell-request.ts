import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { redactedCause } from '../../errors.ts';
import { requestError } from '../../http/request-error.ts';
import { passingHeaders } from '../../http/widget-headers.ts';
import { toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import { SENDERS, type TransportContext, type WidgetRequest } from '../transport.ts';
import { awaitReply } from './native-replies.ts';
import type { NativeRequest, NativeShell } from './native-shell.ts';
import type { ShellQueue } from './shell-queue.ts';
import { awaitTurn } from './turns.ts';

/** What all requests of one transport share. */
export interface ShellSettings {
  readonly queue: ShellQueue;
  /** Aborts when the transport is disposed. */
  readonly disposal: AbortSignal;
  /** The option `signal`. If it disposed the transport, its reason is the cause of the errors. */
  readonly signal: AbortSignal | undefined;
  /** The message of the error when no shell was found. */
  readonly notFound: string;
  /** The widget's headers that are sent, in lower case. */
  readonly widgetHeaders: ReadonlySet<string>;
}

/** Sends one request to the native shell. It ends once: by a reply, an abort, the end of the transport, or a failure. */
export class ShellRequest {
  readonly request: WidgetRequest;
  readonly started: number = now();
  readonly #context: TransportContext;
  readonly #settings: ShellSettings;
  readonly #resolve: (reply: unknown) => void;
  readonly #reject: (error: unknown) => void;
  readonly #sender: NativeRequest['sender'];
  readonly #wireId: string;
  #body: unknown;
  #hasEnded = false;
  #cleanups: (() => void)[] = [];

  constructor(
    request: WidgetRequest,
    context: TransportContext,
    settings: ShellSettings,
    resolve: (reply: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.request = request;
    this.#context = context;
    this.#settings = settings;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#sender = SENDERS[request.server];
    this.#body = request.body;
    // An empty reply becomes `null`: `undefined` would mean that the reply comes later.
    const { wireId, forget } = awaitReply((response) => this.#end(resolve, response ?? null));
    this.#wireId = wireId;
    this.#onEnd(forget);
  }

  start(): void {
    const { signal } = this.#context;
    const { queue, disposal, signal: page, notFound } = this.#settings;
    this.#onEnd(onAbort(signal, () => this.#fail('ABORTED', 'Its signal was aborted', signal.reason)));
    this.#onEnd(onAbort(disposal, () => this.#fail('DISPOSED', 'The transport was disposed', page?.reason)));
    if (this.#hasEnded) return;
    const removeFromQueue = queue.add({
      send: (shell) => this.#sendTo(shell),
      onWait: () => this.#copyBody(),
      onTimeout: () => this.#fail('NO_CHANNEL', notFound),
    });
    this.#onEnd(removeFromQueue);
  }

  /** Runs a function when the request ends; at once if it has ended. */
  #onEnd(cleanUp: () => void): void {
    if (this.#hasEnded) cleanUp();
    else this.#cleanups.push(cleanUp);
  }

  #end(settle: (outcome: unknown) => void, outcome: unknown): void {
    this.#hasEnded = true;
    for (const cleanUp of this.#cleanups.splice(0)) cleanUp();
    settle(outcome);
  }

  #fail(code: 'ABORTED' | 'DISPOSED' | 'NETWORK' | 'NO_CHANNEL', why: string, cause?: unknown): void {
    this.#end(this.#reject, requestError(code, why, this, {}, cause));
  }

  #sendTo(shell: NativeShell): void {
    try {
      if (shell.takes?.(this.#sender) === false) {
        this.#fail('NO_CHANNEL', `${shell.bridge} has no ${this.#sender}`);
      } else if (shell.oneAtATime) this.#postInTurn(shell);
      else this.#post(shell);
    } catch (error) {
      this.#failToPost(error);
    }
  }

  #postInTurn(shell: NativeShell): void {
    let isPosted = false;
    const endTurn = awaitTurn(shell.bridge, () => {
      isPosted = true;
      this.#post(shell);
    });
    this.#onEnd(endTurn);
    if (!isPosted) this.#copyBody();
  }

  async #post(shell: NativeShell): Promise<void> {
    try {
      const reply = await shell.postRequest({
        sender: this.#sender,
        requestData: this.#body,
        requestId: this.#wireId,
        requestHeaders: this.#headersFor(shell),
      });
      if (isReply(reply)) this.#end(this.#resolve, reply);
    } catch (error) {
      this.#failToPost(error);
    }
  }

  /** The error of a shell is redacted: it may quote the request. */
  #failToPost(thrown: unknown): void {
    try {
      toJson(this.#body);
    } catch (invalidBody) {
      this.#end(this.#reject, invalidBody);
      return;
    }
    this.#fail('NETWORK', 'The native side failed to handle the message', redactedCause(thrown));
  }

  /** The headers that are sent, if any. */
  #headersFor({ takesHeaders = true }: NativeShell): NativeRequest['requestHeaders'] {
    const allowed = takesHeaders ? this.#settings.widgetHeaders : new Set<string>();
    const { passed, dropped } = passingHeaders(this.request.headers, allowed);
    if (dropped.length > 0) this.#context.dropped?.(dropped);
    return Object.keys(passed).length > 0 ? passed : undefined;
  }

  /** While the request waits, the page may change its object. */
  #copyBody(): void {
    if (typeof this.#body === 'string') return;
    const json = attempt(() => toJson(this.#body));
    // A body that is not JSON fails when it is posted.
    if (json !== undefined) this.#body = JSON.parse(json);
  }
}

/** Some native code returns `true` or `null` to acknowledge a call. That is not a reply. */
function isReply(returned: unknown): boolean {
  return !!returned && (typeof returned === 'object' || typeof returned === 'string');
}
