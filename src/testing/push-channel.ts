import type { ServerName } from '../index.ts';
import { lengthOf } from './linxo/script-limits.ts';
import type { Reply } from './reply.ts';
import { surplusOf } from './surplus-of.ts';

/** A reply that reaches the page by another way than the answer to its HTTP request. */
export interface Push {
  /** The `x-request-id` header of the request. */
  readonly requestId: string;
  /** Whose reply it is. */
  readonly server: ServerName;
  /** The reply. */
  readonly response: Reply;
}

export interface PushChannel {
  /** `ms` from now. */
  send(push: Push, ms: number): void;
  /** What has not gone out by now never will, and nothing after it. */
  close(): void;
}

export function createPushChannel(onPush: (push: Push) => void): PushChannel {
  /** With the sizes of what waits. */
  const timers = new Map<ReturnType<typeof setTimeout>, number>();
  let isClosed = false;

  /** Those that have waited for longest never go out. */
  function drop(count: number): void {
    for (const oldest of [...timers.keys()].slice(0, count)) {
      clearTimeout(oldest);
      timers.delete(oldest);
    }
  }

  return {
    send(push, ms) {
      if (isClosed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        onPush(push);
      }, ms);
      timers.set(timer, lengthOf(push));
      drop(surplusOf([...timers.values()]));
    },
    close() {
      isClosed = true;
      for (const timer of timers.keys()) clearTimeout(timer);
      timers.clear();
    },
  };
}
