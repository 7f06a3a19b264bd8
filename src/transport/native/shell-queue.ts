import { attempt } from '../../check.ts';
import { startTimer } from '../../start-timer.ts';
import { now } from '../../time.ts';
import type { NativeShell } from './native-shell.ts';

/** How often a missing shell is looked for, in ms. */
const LOOK_EVERY = 50;

/** How many notices wait. For requests, a bridge has `maxPending`. */
const MOST_NOTICES = 1_000;

/** A message for a shell: a request or a notice. */
interface ShellMessage {
  /** Only the newest notices are kept. */
  readonly isNotice?: boolean;
  /** Called once, when there is a shell. */
  readonly send: (shell: NativeShell) => void;
  /** Called if the message has to wait. */
  readonly onWait?: () => void;
  /** Called when no shell was found in time. */
  readonly onTimeout: () => void;
}

export interface ShellQueue {
  /** Sends a message as soon as there is a shell, in the order of the calls. Returns the function that removes the message. */
  add(message: ShellMessage): () => void;
  clear(): void;
}

/**
 * Messages for a shell that may be injected later. No event reports that, so while messages wait, one timer looks for the shell
 * again and again.
 *
 * @param readyTimeout How long each message waits, in ms.
 */
export function createShellQueue(shells: readonly NativeShell[], readyTimeout: number): ShellQueue {
  /** Until when each message waits, on the clock of `performance.now()`. */
  const waiting = new Map<ShellMessage, number>();
  /** The notices among them. */
  const notices = new Set<ShellMessage>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const shell = shells.find((known) => attempt(() => known.isThere()) === true);
    for (const [message, until] of waiting) {
      if (!shell && now() < until) break; // the messages after it wait longer
      remove(message);
      if (shell) message.send(shell);
      else message.onTimeout();
    }
    lookLater();
  }

  function remove(message: ShellMessage): boolean {
    notices.delete(message);
    return waiting.delete(message);
  }

  function keepNewest(notice: ShellMessage): void {
    const [oldest] = notices.add(notice);
    if (oldest && notices.size > MOST_NOTICES) remove(oldest);
  }

  function lookLater(): void {
    clearTimeout(timer);
    const [until] = waiting.values();
    if (until === undefined) return;
    timer = startTimer(look, Math.min(LOOK_EVERY, Math.ceil(until - now())));
  }

  return {
    add(message) {
      waiting.set(message, now() + readyTimeout);
      look(); // also sends the messages that have waited, before this one
      if (waiting.has(message)) {
        message.onWait?.();
        if (message.isNotice) keepNewest(message);
      }
      return () => {
        if (remove(message)) lookLater();
      };
    },
    clear() {
      waiting.clear();
      notices.clear();
      lookLater();
    },
  };
}
