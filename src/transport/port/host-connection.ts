import { invalidOption } from '../../check.ts';
import { redactedCause } from '../../errors.ts';
import { startTimer } from '../../start-timer.ts';
import { openChannel, type PortChannel } from './port-channel.ts';
import {
  type ClientMessage,
  isNotice,
  isReady,
  isRequest,
  isWelcome,
  type Message,
  VERSION,
  versionOf,
} from './port-messages.ts';
import type { HostWindow } from './port-options.ts';

export interface HostConnection {
  /** Sends a message, or keeps it until the host is there. */
  post(message: ClientMessage): void;
  /** Removes a request that is still kept. False if it has been sent. */
  withdraw(id: number): boolean;
  /** Closes the connection, and says so to the host. */
  close(): void;
}

interface ConnectionListener {
  onMessage(message: unknown): void;
  /** Messages that were posted until now will get no answer. */
  onLoss(why: string): void;
}

/** Connects through a given port. If this connection is lost, it cannot be restored. */
export function connectPort(port: MessagePort, listener: ConnectionListener): HostConnection {
  let lossReason: string | undefined;
  const channel = openChannel(port, {
    onMessage: listener.onMessage,
    onClose(why) {
      lossReason = why;
      listener.onLoss(why);
    },
  });
  // In Node, an open port keeps a process alive, such as a build that only loads the modules of a page.
  (port as { unref?: () => void }).unref?.();
  return {
    post: (message) => (lossReason ? listener.onLoss(lossReason) : channel.post(message)),
    withdraw: () => false,
    close: channel.close,
  };
}

/** How many notices are kept for a host that has not come yet. For requests, a bridge has `maxPending`. */
const MOST_NOTICES = 1_000;

/**
 * Connects to another window: creates a channel, and sends one of its ports there.
 *
 * 1. It knocks at once, each time the host says that it is ready, and when a message is posted without a connection. If a knock
 *    gets no answer, its channel is closed.
 * 2. Messages are kept until the welcome, for `readyTimeout` at most; of notices, the newest 1,000.
 * 3. A message counts only if it comes from the host's window and origin. The port is only sent to that origin.
 * 4. When this page is left, the connection ends.
 */
export class WindowConnection implements HostConnection {
  readonly #host: HostWindow;
  readonly #listener: ConnectionListener;
  #kept: ClientMessage[] = [];
  #noticeCount = 0;
  /** The channel of the last knock. */
  #channel: PortChannel | undefined;
  /** The name of the host that has welcomed it. */
  #welcomedBy: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HostWindow, listener: ConnectionListener) {
    this.#host = host;
    this.#listener = listener;
    this.#knockFirst();
    addEventListener('message', this.#onWindowMessage);
    addEventListener('pagehide', this.#onPageHide);
  }

  post(message: ClientMessage): void {
    if (this.#channel && this.#welcomedBy !== undefined) {
      this.#channel.post(message);
      return;
    }
    this.#keep(message);
    if (!this.#channel) this.#knock();
  }

  withdraw(id: number): boolean {
    const { length } = this.#kept;
    this.#kept = this.#kept.filter((message) => !(isRequest(message) && message.request === id));
    if (this.#kept.length === 0) clearTimeout(this.#timer);
    return this.#kept.length < length;
  }

  close(): void {
    removeEventListener('message', this.#onWindowMessage);
    removeEventListener('pagehide', this.#onPageHide);
    this.#forgetKept();
    this.#channel?.close();
  }

  /** @throws INVALID_OPTIONS if this browser cannot send to the origin: each knows the schemes of its own apps alone. */
  #knockFirst(): void {
    try {
      this.#knock();
    } catch (error) {
      this.#channel?.close();
      const expected = 'an origin that this browser knows';
      throw invalidOption('origin', expected, `'${this.#host.origin}'`, redactedCause(error));
    }
  }

  #knock(): void {
    this.#channel?.close();
    const { port1, port2 } = new MessageChannel();
    const channel = openChannel(port1, {
      onMessage: (message) => {
        if (this.#welcomedBy !== undefined) this.#listener.onMessage(message);
        else if (isWelcome(message)) this.#open(channel, message.welcome);
      },
      onClose: (why, isFinal) => {
        const wasOpen = this.#welcomedBy !== undefined;
        this.#channel = this.#welcomedBy = undefined;
        // After an unanswered knock, another one may follow, so messages are still kept.
        if (wasOpen || isFinal) this.#lose(why);
      },
    });
    this.#channel = channel;
    this.#host.target.postMessage({ bankside: VERSION, knock: true } satisfies Message, this.#host.origin, [
      port2,
    ]);
  }

  #open(channel: PortChannel, host: string): void {
    this.#welcomedBy = host;
    for (const message of this.#kept) channel.post(message);
    this.#forgetKept();
  }

  #keep(message: ClientMessage): void {
    if (this.#kept.push(message) === 1) this.#timer = startTimer(this.#onTimeout, this.#host.readyTimeout);
    if (isNotice(message)) this.#noticeCount += 1;
    if (this.#noticeCount <= MOST_NOTICES) return;
    this.#kept.splice(this.#kept.findIndex(isNotice), 1);
    this.#noticeCount -= 1;
  }

  #forgetKept(): void {
    clearTimeout(this.#timer);
    this.#kept = [];
    this.#noticeCount = 0;
  }

  #lose(why: string): void {
    this.#forgetKept();
    this.#listener.onLoss(why);
  }

  /** The next message knocks again. */
  readonly #onTimeout = (): void => {
    this.#channel?.close();
    this.#channel = undefined;
    this.#lose(`Nobody at ${this.#host.origin} answered in ${this.#host.readyTimeout} ms`);
  };

  readonly #onWindowMessage = ({ source, origin, data }: MessageEvent): void => {
    if (source !== this.#host.target || origin !== this.#host.origin) return;
    // Also knocks at a host of another version: from the answer, both sides learn each other's version.
    if (versionOf(data) === undefined || !isReady(data) || data.ready === this.#welcomedBy) return;
    const wasOpen = this.#welcomedBy !== undefined;
    this.#welcomedBy = undefined;
    if (wasOpen) this.#listener.onLoss('The other side was started again');
    this.#knock();
  };

  /** No engine informs the host that a page was left. If the browser keeps the page, its next message knocks again. */
  readonly #onPageHide = (): void => {
    this.#channel?.close();
    this.#channel = this.#welcomedBy = undefined;
    this.#lose('This page was left');
  };
}
