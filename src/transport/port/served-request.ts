import { attempt, fieldsOf, invalidCall } from '../../check.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { wellFormedHeaders } from '../../http/widget-headers.ts';
import { LONGEST_ID } from '../../text/request-id.ts';
import { sentType, typeOfObject } from '../../text/sent-type.ts';
import { now } from '../../time.ts';
import type { TransportContext, WidgetRequest } from '../transport.ts';
import { MOST_HEADERS, type RequestMessage } from './port-messages.ts';

/**
 * How much longer the host waits than the client, in ms. A client that was frozen or blocked first handles the replies that came
 * meanwhile, and then its timeouts. The host must not time out earlier.
 */
const CATCH_UP = 2_000;

/** A request of a client, in flight over the host's transport. */
export class ServedRequest implements StartedRequest {
  readonly request: WidgetRequest;
  readonly started: number = now();
  readonly context: TransportContext;
  /** When it times out here, on the clock of `performance.now()`. */
  readonly expiresAt: number;
  /** Whether that is earlier than the client's own timeout, so that the client must get the error. */
  readonly isCutShort: boolean;
  readonly #timeout: number;
  /** Created when the signal is first read: many transports do not use it. */
  #abort: AbortController | undefined;

  /**
   * @param timeLeft How long the client waits, in ms.
   * @param longest How long the host allows for any request, in ms.
   * @param reports What the transport reports meanwhile.
   */
  constructor(
    request: WidgetRequest,
    timeLeft: number,
    longest: number,
    reports: Pick<TransportContext, 'dropped' | 'insecurePage'>,
  ) {
    this.request = request;
    this.isCutShort = timeLeft > longest;
    this.#timeout = this.isCutShort ? longest : timeLeft;
    const deadline = this.started + this.#timeout;
    this.expiresAt = this.isCutShort ? deadline : deadline + CATCH_UP;
    const getSignal = (): AbortSignal => this.#controller().signal;
    this.context = {
      deadline,
      ...reports,
      get signal() {
        return getSignal();
      },
    };
  }

  abort(reason: unknown): void {
    this.#controller().abort(reason);
  }

  timeoutError(): unknown {
    const timeout = this.#timeout;
    const why = this.isCutShort
      ? `servePort allows ${timeout} ms for a request`
      : `The client waited ${timeout} ms for it`;
    return requestError('TIMEOUT', why, this, { timeout });
  }

  #controller(): AbortController {
    this.#abort ??= new AbortController();
    return this.#abort;
  }
}

/**
 * Reads the request in a message. The host does not trust the client: the type is read from the body that is sent, so that a
 * transport can allow only some types.
 *
 * @returns `undefined` for a body that is not JSON.
 * @throws INVALID_CALL for what is too long.
 */
export function readPortRequest(message: RequestMessage): WidgetRequest | undefined {
  const { requestId, server, headers } = message;
  const body: unknown = attempt(() => JSON.parse(message.body));
  if (body === undefined) return undefined;
  const { length } = String(requestId);
  checkSize(length <= LONGEST_ID, `a requestId of at most ${LONGEST_ID} characters`, `one of ${length}`);
  const count = Object.keys(headers).length;
  checkSize(count <= MOST_HEADERS, `at most ${MOST_HEADERS} headers`, `${count}`);
  // A string is sent unchanged, and may name two types. A parsed object has each name once.
  const type = typeof body === 'string' ? sentType(body) : typeOfObject(fieldsOf(body));
  return { requestId, server, type, body, headers: wellFormedHeaders(headers).passed };
}

function checkSize(fits: boolean, expected: string, received: string): void {
  if (!fits) throw invalidCall('send', expected, received);
}
