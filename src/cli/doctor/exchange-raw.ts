import { onAbort, orAbort } from '../../abort.ts';
import type { AnswerHead } from './answer-head.ts';
import { type Connection, type ConnectOptions, connect } from './connect.ts';
import type { RawAnswer, RawRequest } from './raw-answer.ts';
import { readBody } from './read-body.ts';
import { sendOverHttp1 } from './send-over-http1.ts';
import { Http1Required, sendOverHttp2 } from './send-over-http2.ts';

export interface RawExchangeOptions extends ConnectOptions {
  /** In ms: until there is a status, and again until the body has ended. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** In bytes. @default 5,000,000 */
  readonly longestBody?: number | undefined;
}

/** There was no status in time. */
export class NoAnswer extends Error {
  /** How far it came: `connected`, once the connection is encrypted, too. */
  readonly stage: 'connecting' | 'accepted' | 'connected';

  constructor(stage: NoAnswer['stage']) {
    super('No answer in time');
    this.stage = stage;
  }
}

/**
 * Sends one request on a connection of its own, as HTTP/2 if the server chooses that. Redirects are not followed.
 *
 * @throws NoAnswer, Node's error, or the reason of the signal.
 */
export async function exchangeRaw(request: RawRequest, options: RawExchangeOptions): Promise<RawAnswer> {
  try {
    return await exchangeOnce(request, options);
  } catch (error) {
    if (!(error instanceof Http1Required)) throw error;
    return exchangeOnce(request, { ...options, isHttp1Only: true });
  }
}

async function exchangeOnce(request: RawRequest, options: RawExchangeOptions): Promise<RawAnswer> {
  let connection: Connection | undefined;
  let stage: NoAnswer['stage'] = 'connecting';
  const limit = startLimit(options, () => new NoAnswer(stage));
  const onAccepted = (): void => {
    stage = 'accepted';
  };
  try {
    const sentAt = Date.now();
    connection = await connect(request.url, limit.signal, { ...options, onAccepted });
    stage = 'connected';
    const head = await orAbort(sendOver(connection, request), limit.signal);
    const answeredAt = Date.now();
    limit.restart();
    const body = await readBody(head, limit.signal, options.longestBody);
    options.signal.throwIfAborted();
    const { status, headers, httpVersion } = head;
    return { status, headers, httpVersion, ...body, sentAt, answeredAt };
  } finally {
    limit.end();
    connection?.socket.destroy();
  }
}

function sendOver({ socket, protocol }: Connection, request: RawRequest): Promise<AnswerHead> {
  return protocol === 'h2' ? sendOverHttp2(socket, request) : sendOverHttp1(socket, request);
}

/** A limit of time, and a signal that aborts with it or with the signal that was given. */
interface Limit {
  readonly signal: AbortSignal;
  restart(): void;
  end(): void;
}

function startLimit({ timeout, signal }: RawExchangeOptions, late: () => Error): Limit {
  const abort = new AbortController();
  const start = () => setTimeout(() => abort.abort(late()), timeout);
  let timer = start();
  const removeListener = onAbort(signal, () => abort.abort(signal.reason));
  return {
    signal: abort.signal,
    restart() {
      clearTimeout(timer);
      timer = start();
    },
    end() {
      clearTimeout(timer);
      removeListener();
    },
  };
}
