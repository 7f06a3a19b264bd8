import { Buffer } from 'node:buffer';
import { onAbort } from '../../abort.ts';
import type { AnswerHead } from './answer-head.ts';
import { joinedValue, type RawAnswer } from './raw-answer.ts';

/** The longest body that is read, in bytes. */
export const LONGEST_BODY = 5_000_000;

/** Reads a body until it ends, is too long, or the signal aborts. Never rejects. */
export function readBody(
  head: AnswerHead,
  signal: AbortSignal,
  longest: number = LONGEST_BODY,
): Promise<Pick<RawAnswer, 'body' | 'bodyEnd'>> {
  const { stream } = head;
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    let removeListener = (): void => {};
    const end = (bodyEnd: RawAnswer['bodyEnd']): void => {
      removeListener();
      resolve({ body: Buffer.concat(chunks), bodyEnd: head.hasEnded?.() ? 'whole' : bodyEnd });
    };
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longest) end('endless');
    });
    stream.on('end', () => end(head.isComplete() ? 'whole' : 'cut'));
    stream.on('error', () => end('cut'));
    stream.on('close', () => end(stream.readableEnded && head.isComplete() ? 'whole' : 'cut'));
    // A server that has said how long its body is, and stops before, has cut it.
    removeListener = onAbort(signal, () => end(length < announced(head) ? 'cut' : 'endless'));
  });
}

/** The length of the body by its header; 0 if there is none. */
function announced({ headers }: AnswerHead): number {
  const length = Number(joinedValue(headers, 'content-length') ?? 0);
  return length <= LONGEST_BODY ? length : 0;
}
