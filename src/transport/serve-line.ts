import { attempt } from '../attempt.ts';
import { callSafely } from '../emitter.ts';
import { type AnyBanksideError, describe, misfit } from '../errors.ts';
import { writeError } from './port-error.ts';
import { type Line, openLine } from './port-line.ts';
import {
  isAbort,
  isNotice,
  isRequest,
  type NoticeMessage,
  type RequestMessage,
  VERSION,
  writeReply,
} from './port-messages.ts';
import { createRun, type Run } from './port-run.ts';
import { errorReplyOf, requestError, type Transport } from './transport.ts';

/**
 * Answers one near side, over the port of one channel, until the line is closed.
 *
 * @param leave Is called when the near side has gone.
 */
export function serveLine(port: MessagePort, transport: Transport, leave?: () => void): Line {
  const runs = new Map<number, Run>();
  const line = openLine(port, { hear, lose });

  function hear(data: unknown): void {
    if (isRequest(data)) carry(data);
    else if (isAbort(data)) end(data.abort, 'ABORTED', 'The other side gave it up');
    else if (isNotice(data)) tell(data);
  }

  function lose(): void {
    endAll('NO_CHANNEL', 'The other side has gone');
    leave?.();
  }

  function carry(message: RequestMessage): void {
    const { request: id } = message;
    const run = createRun(message, (reason) => take(id)?.end(reason));
    if (!run || runs.has(id)) return;
    runs.set(id, run);
    let answer: unknown;
    try {
      answer = transport.send(run.request, run.context);
    } catch (error) {
      answer = Promise.reject(error);
    }
    Promise.resolve(answer).then(
      (response) => runs.has(id) && reply(id, run, response),
      (error) => {
        if (!runs.has(id)) return;
        take(id)?.end();
        fail(id, error);
      },
    );
  }

  function reply(id: number, run: Run, response: unknown): void {
    const text = writeReply(response);
    // Without a response, it is still to come to the entry point of the other side, which will then abort this one.
    if (response !== undefined) take(id)?.end();
    if (response === undefined || text !== undefined) {
      line.post({ bankside: VERSION, reply: id, response: text });
      return;
    }
    const mismatch = { expected: 'an object or a text', received: describe(response) };
    fail(id, requestError('INVALID_RESPONSE', misfit('The reply', mismatch), run, mismatch));
  }

  function fail(id: number, error: unknown): void {
    const reply = errorReplyOf(error as AnyBanksideError);
    const response = reply && writeReply(reply.text ?? reply.response);
    line.post({ bankside: VERSION, failure: id, error: attempt(() => writeError(error)), response });
  }

  /** What cannot be read was not written by the other side of this package. */
  function tell({ notice, data: json }: NoticeMessage): void {
    const data = json === undefined ? undefined : attempt(() => JSON.parse(json));
    callSafely(() => transport.notify?.(notice, data));
  }

  /** The only way to end a request. A second call finds nothing. */
  function take(id: number): Run | undefined {
    const run = runs.get(id);
    runs.delete(id);
    return run;
  }

  function end(id: number, code: 'ABORTED' | 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    const run = take(id);
    run?.end(requestError(code, why, run));
  }

  function endAll(code: 'DISPOSED' | 'NO_CHANNEL', why: string): void {
    for (const id of [...runs.keys()]) end(id, code, why);
  }

  return {
    post: line.post,
    close() {
      line.close();
      endAll('DISPOSED', 'It is not served any more');
    },
  };
}
