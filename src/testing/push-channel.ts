import type { ServerName } from '../index.ts';
import { jsonLength, surplusOf } from './limits.ts';
import type { Reply } from './widget-servers/service.ts';

/** A reply that the page gets outside of the HTTP answer. */
export interface Push {
  /** The `x-request-id` header of the request. */
  readonly requestId: string;
  /** The server that replies. */
  readonly server: ServerName;
  /** The reply. */
  readonly response: Reply;
}

export class PushChannel {
  readonly #onPush: (push: Push) => void;
  /** The timers of the waiting replies, with the size of each reply. */
  readonly #timers = new Map<ReturnType<typeof setTimeout>, number>();
  #isClosed = false;

  constructor(onPush: (push: Push) => void) {
    this.#onPush = onPush;
  }

  /** Sends the reply after `ms`. If too many wait, those that have waited longest are dropped. */
  send(push: Push, ms: number): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#onPush(push);
    }, ms);
    this.#timers.set(timer, jsonLength(push));
    this.#drop(surplusOf([...this.#timers.values()]));
  }

  /** Drops all waiting replies and all later ones. */
  close(): void {
    this.#isClosed = true;
    this.#drop(this.#timers.size);
  }

  #drop(count: number): void {
    for (const oldest of [...this.#timers.keys()].slice(0, count)) {
      clearTimeout(oldest);
      this.#timers.delete(oldest);
    }
  }
}
