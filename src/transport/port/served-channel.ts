import { attempt, describe } from '../../check.ts';
import { callSafely } from '../../emitter.ts';
import type { AnyBanksideError } from '../../errors.ts';
import { reportedOrigin } from '../../http/endpoint.ts';
import { invalidResponse, requestError } from '../../http/request-error.ts';
import { errorReplyOf, type Transport } from '../transport.ts';
import { openChannel, type PortChannel } from './port-channel.ts';
import { writeError } from './port-error.ts';
import {
  type HostMessage,
  isAbort,
  isNotice,
  isRequest,
  MOST_HEADERS,
  type NoticeMessage,
  type RequestMessage,
  VERSION,
  writeReply,
} from './port-messages.ts';
import type { ServeBounds } from './serve-bounds.ts';
import { readPortRequest, ServedRequest } from './served-request.ts';

/** What all clients of a host share, and what a channel reports. */
export interface Serving {
  readonly transport: Transport;
  readonly bounds: ServeBounds;
  /** Called with each message. */
  readonly onMessage?: () => void;
  /** Called when the client is gone. */
  readonly onClose?: () => void;
}

/** Serves one client, over the port of one channel, until the channel is closed. */
export class ServedChannel {
  readonly #serving: Serving;
  readonly #channel: PortChannel;
  readonly #requests = new Map<number, ServedRequest>();
  /** The ids of one client count up, so that a message that comes twice is ignored. */
  #lastId = 0;

  constructor(port: MessagePort, serving: Serving) {
    this.#serving = serving;
    this.#channel = openChannel(port, {
      onMessage: (message) => this.#onMessage(message),
      onClose: () => {
        this.#abortAll('NO_CHANNEL', 'The client is gone');
        serving.onClose?.();
      },
    });
  }

  get hasPending(): boolean {
    return this.#requests.size > 0;
  }

  post(message: HostMessage): void {
    this.#channel.post(message);
  }

  close(): void {
    this.#channel.close();
    this.#abortAll('DISPOSED', 'servePort was stopped');
  }

  #onMessage(message: unknown): void {
    this.#serving.onMessage?.();
    if (isRequest(message)) this.#handleRequest(message);
    else if (isAbort(message)) this.#abort(message.abort, 'ABORTED', 'The client aborted it');
    else if (isNotice(message)) this.#handleNotice(message);
  }

  #handleRequest(message: RequestMessage): void {
    const { request: id, timeLeft } = message;
    if (id <= this.#lastId) return;
    this.#lastId = id;
    const { timeout } = this.#serving.bounds;
    try {
      const request = readPortRequest(message);
      if (!request) return;
      const served = new ServedRequest(request, timeLeft, timeout, {
        dropped: (names) => this.#postDropped(id, names),
        insecurePage: (origin) => this.#postInsecure(id, origin),
      });
      this.#send(id, served);
    } catch (error) {
      this.#fail(id, error);
    }
  }

  /** @throws OVERLOADED */
  #send(id: number, served: ServedRequest): void {
    const { bounds, transport } = this.#serving;
    bounds.add(served, () => this.#expire(id));
    this.#requests.set(id, served);
    let answer: Promise<unknown>;
    try {
      answer = Promise.resolve(transport.send(served.request, served.context));
    } catch (error) {
      answer = Promise.reject(error);
    }
    answer.then(
      (response) => this.#reply(id, response),
      (error) => this.#remove(id) && this.#fail(id, error),
    );
  }

  #reply(id: number, response: unknown): void {
    // `undefined`: the reply will come to the entry point on the client's page. Then the client aborts this request.
    const served = response === undefined ? this.#requests.get(id) : this.#remove(id);
    if (!served) return;
    const text = writeReply(response);
    if (response === undefined || text !== undefined) {
      this.#channel.post({ bankside: VERSION, reply: id, response: text });
      return;
    }
    this.#fail(id, invalidResponse('The reply', served, 'an object or a string', describe(response)));
  }

  #fail(id: number, error: unknown): void {
    const reply = errorReplyOf(error as AnyBanksideError);
    const response = reply && writeReply(reply.text ?? reply.response);
    const written = attempt(() => writeError(error));
    this.#channel.post({ bankside: VERSION, failure: id, error: written, response });
  }

  #postDropped(id: number, names: readonly string[]): void {
    // The page's own transport may pass anything.
    const dropped = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    if (this.#requests.has(id) && dropped.length > 0) {
      this.#channel.post({ bankside: VERSION, of: id, dropped: dropped.slice(0, MOST_HEADERS) });
    }
  }

  #postInsecure(id: number, reported: string): void {
    const origin = reportedOrigin(reported);
    if (!this.#requests.has(id) || origin === undefined) return;
    this.#channel.post({ bankside: VERSION, of: id, insecure: origin });
  }

  #handleNotice({ notice, data: json }: NoticeMessage): void {
    // A client of this package only writes JSON.
    const data = json === undefined ? undefined : attempt(() => JSON.parse(json));
    callSafely(() => this.#serving.transport.notify?.(notice, data));
  }

  /** The only way to end a request. A second call returns `undefined`. */
  #remove(id: number): ServedRequest | undefined {
    const served = this.#requests.get(id);
    if (!served) return undefined;
    this.#requests.delete(id);
    this.#serving.bounds.remove(served);
    return served;
  }

  #expire(id: number): void {
    const served = this.#remove(id);
    const error = served?.timeoutError();
    served?.abort(error);
    if (served?.isCutShort) this.#fail(id, error);
  }

  #abort(id: number, code: 'ABORTED' | 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    const served = this.#remove(id);
    served?.abort(requestError(code, why, served));
  }

  #abortAll(code: 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    for (const id of [...this.#requests.keys()]) this.#abort(id, code, why);
  }
}
