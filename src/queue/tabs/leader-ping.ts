import { onAbort } from '../../abort.ts';
import { isHidden } from '../pace/page-life.ts';
import { waitPatiently } from './wait-patiently.ts';

/** What the polling tab answers. */
export interface Pong {
  readonly isHidden: boolean;
}

/** What is known of the polling tab after a ping. `hidden`: it is at work, but this tab is visible, and so the better one. */
export type LeaderState = 'well' | 'hidden' | 'silent';

/** How long the polling tab may take to answer, in ms. */
const ANSWER = 2_000;

/** Asks the polling tab whether it is still at work. */
export class LeaderPing {
  #onPong: ((pong: Pong) => void) | undefined;

  receive(pong: Pong): void {
    this.#onPong?.(pong);
  }

  /** @param send Sends the ping. */
  async ask(send: () => void, signal: AbortSignal): Promise<LeaderState> {
    const answered = new AbortController();
    const stop = (): void => answered.abort();
    let answer: Pong | undefined;
    this.#onPong = (pong) => {
      answer = pong;
      stop();
    };
    const unsubscribe = onAbort(signal, stop);
    send();
    await waitPatiently(ANSWER, answered.signal);
    unsubscribe();
    this.#onPong = undefined;
    if (!answer) return 'silent';
    return answer.isHidden && !isHidden() ? 'hidden' : 'well';
  }
}
