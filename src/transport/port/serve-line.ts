import { attempt, describe } from '../../check.ts';
import { callSafely } from '../../emitter.ts';
import type { AnyBanksideError } from '../../errors.ts';
import { invalidResponse, requestError } from '../../http/request-error.ts';
import { errorReplyOf, type Transport } from '../transport.ts';
import { writeError } from './port-error.ts';
import { type Line, openLine } from './port-line.ts';
import {
  isAbort,
  isNotice,
  isRequest,
  MOST_HEADERS,
  type NoticeMessage,
  type RequestMessage,
  VERSION,
  writeReply,
} from './port-messages.ts';
import { readPortRequest } from './port-request.ts';
import { createRun, type Run } from './port-run.ts';
import type { ServeBounds } from './serve-bounds.ts';

/** What carries the requests of a near side, and how many. */
export interface Serving {
  readonly transport: Transport;
  readonly bounds: ServeBounds;
  /** Is called with each message. */
  readonly hear?: () => void;
  /** Is called when the near side has gone. */
  readonly leave?: () => void;
}

/** The far end of a line. */
export interface ServedLine extends Line {
  /** Whether the near side waits for an answer. */
  isBusy(): boolean;
}

/** Answers one near side, over the port of one channel, until the line is closed. */
export function serveLine(port: MessagePort, { transport, bounds, ...listener }: Serving): ServedLine {
  const runs = new Map<number, Run>();
  /** The ids of one near side count up, so that a message that was taken once is not taken again. */
  let lastId = 0;
  const line = openLine(port, { hear, lose });

  function hear(data: unknown): void {
    listener.hear?.();
    if (isRequest(data)) take(data);
    else if (isAbort(data)) end(data.abort, 'ABORTED', 'The other side gave it up');
    else if (isNotice(data)) tell(data);
  }

  function lose(): void {
    endAll('NO_CHANNEL', 'The other side has gone');
    listener.leave?.();
  }

  function take(message: RequestMessage): void {
    const { request: id } = message;
    if (id <= lastId) return;
    lastId = id;
    try {
      const request = readPortRequest(message);
      if (request) {
        carry(
          id,
          createRun(request, message.timeLeft, bounds.timeout, (names) => tellDropped(id, names)),
        );
      }
    } catch (error) {
      fail(id, error);
    }
  }

  /** @throws OVERLOADED */
  function carry(id: number, run: Run): void {
    bounds.add(run, () => expire(id));
    runs.set(id, run);
    let answer: Promise<unknown>;
    try {
      answer = Promise.resolve(transport.send(run.request, run.context));
    } catch (error) {
      answer = Promise.reject(error);
    }
    answer.then(
      (response) => reply(id, response),
      (error) => remove(id) && fail(id, error),
    );
  }

  function reply(id: number, response: unknown): void {
    // Without a response, it is still to come to the entry point of the other side, which will then abort this one.
    const run = response === undefined ? runs.get(id) : remove(id);
    if (!run) return;
    const text = writeReply(response);
    if (response === undefined || text !== undefined) {
      line.post({ bankside: VERSION, reply: id, response: text });
      return;
    }
    fail(id, invalidResponse('The reply', run, 'an object or a text', describe(response)));
  }

  function fail(id: number, error: unknown): void {
    const reply = errorReplyOf(error as AnyBanksideError);
    const response = reply && writeReply(reply.text ?? reply.response);
    line.post({ bankside: VERSION, failure: id, error: attempt(() => writeError(error)), response });
  }

  function tellDropped(id: number, names: readonly string[]): void {
    // A transport of the page's own may tell anything.
    const dropped = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    if (runs.has(id) && dropped.length > 0) {
      line.post({ bankside: VERSION, of: id, dropped: dropped.slice(0, MOST_HEADERS) });
    }
  }

  /** What cannot be read was not written by the other side of this package. */
  function tell({ notice, data: json }: NoticeMessage): void {
    const data = json === undefined ? undefined : attempt(() => JSON.parse(json));
    callSafely(() => transport.notify?.(notice, data));
  }

  /** The only way to end a request. A second call finds nothing. */
  function remove(id: number): Run | undefined {
    const run = runs.get(id);
    if (!run) return undefined;
    runs.delete(id);
    bounds.remove(run);
    return run;
  }

  function expire(id: number): void {
    const run = remove(id);
    const error = run?.timeoutError();
    run?.abort(error);
    if (run?.isCutShort) fail(id, error);
  }

  function end(id: number, code: 'ABORTED' | 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    const run = remove(id);
    run?.abort(requestError(code, why, run));
  }

  function endAll(code: 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    for (const id of [...runs.keys()]) end(id, code, why);
  }

  return {
    post: line.post,
    isBusy: () => runs.size > 0,
    close() {
      line.close();
      endAll('DISPOSED', 'It is not served any more');
    },
  };
}
