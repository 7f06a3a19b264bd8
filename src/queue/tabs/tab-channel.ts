import { attempt } from '../../check.ts';
import { readTabMessage, type TabMessage, writeTabMessage } from './tab-messages.ts';

/** What the tabs of a group talk over. Nothing of it throws. */
export interface TabChannel {
  /** Returns false if the message could not be sent: it is nested too deep to be copied, or the channel does not work. */
  post(message: TabMessage): boolean;
  close(): void;
}

/**
 * Opens a channel of the browser. Returns `undefined` where there is none. Old web views have stand-ins of which any part may
 * throw.
 *
 * @param receive Gets each message that fits. All others are dropped.
 */
export function openTabChannel(name: string, receive: (message: TabMessage) => void): TabChannel | undefined {
  let isOpen = true;
  const listen = (event: MessageEvent): void => {
    const message = readTabMessage(attempt((): unknown => event.data));
    if (isOpen && message) receive(message);
  };
  const channel = attempt(() => {
    const opened = new BroadcastChannel(name);
    opened.onmessage = listen;
    return opened;
  });
  if (!channel) return undefined;
  return {
    post: (message) => {
      const isSent = attempt(() => {
        channel.postMessage(writeTabMessage(message));
        return true;
      });
      return isSent ?? false;
    },
    close: () => {
      isOpen = false;
      attempt(() => channel.close());
    },
  };
}
