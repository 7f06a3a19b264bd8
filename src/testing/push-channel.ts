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

export function createPushChannel(onPush: (push: Push) => void): PushChannel {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isClosed = false;

  return {
    send(push, ms) {
      if (isClosed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        onPush(push);
      }, ms);
      timers.add(timer);
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
