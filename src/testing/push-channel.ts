import type { ServerName } from '../index.ts';
import type { Reply } from './reply.ts';

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

/** How many replies wait at most. */
const CAPACITY = 1_000;

export function createPushChannel(onPush: (push: Push) => void): PushChannel {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isClosed = false;

  /** The one that has waited for longest never goes out. */
  function drop(): void {
    const [oldest] = timers;
    clearTimeout(oldest);
    if (oldest !== undefined) timers.delete(oldest);
  }

  return {
    send(push, ms) {
      if (isClosed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        onPush(push);
      }, ms);
      timers.add(timer);
      if (timers.size > CAPACITY) drop();
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
