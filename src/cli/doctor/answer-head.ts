import type { Readable } from 'node:stream';
import type { RawAnswer } from './raw-answer.ts';

/** An answer before its body has come. */
export interface AnswerHead extends Pick<RawAnswer, 'status' | 'headers' | 'httpVersion'> {
  readonly stream: Readable;
  /** Whether all of the body has come. Of a stream that has ended. */
  isComplete(): boolean;
  /** Whether its end has come, by what browsers take for one. Node may wait for more. */
  hasEnded?(): boolean;
}
