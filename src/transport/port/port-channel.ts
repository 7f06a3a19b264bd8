import { isBye, type Message, VERSION, versionOf } from './port-messages.ts';

/** One end of an open channel. */
export interface PortChannel {
  /** Sends a message, together with all others of the same turn of the event loop. */
  post(message: Message): void;
  /** Sends what was posted and a `bye`, and closes the port. */
  close(): void;
}

interface ChannelListener {
  /** A message in this version of the protocol, not checked further. */
  onMessage(message: unknown): void;
  /**
   * The other side has closed the channel, or is gone. Called once, after the port was closed.
   *
   * @param why For an error.
   * @param isFinal Whether the other side speaks another version, so that another attempt would not help.
   */
  onClose(why: string, isFinal: boolean): void;
}

/** Opens one end of a channel. It owns the port: nothing else should use that. */
export function openChannel(port: MessagePort, listener: ChannelListener): PortChannel {
  let unsent: Message[] = [];
  let isOpen = true;

  function post(message: Message): void {
    if (unsent.push(message) === 1) Promise.resolve().then(send);
  }

  function send(): void {
    const messages = unsent;
    unsent = [];
    if (messages.length === 0) return; // the channel was closed before
    port.postMessage(messages.length === 1 ? messages[0] : messages);
  }

  function onMessage({ data }: MessageEvent): void {
    if (!Array.isArray(data)) handle(data);
    // Not by index: a sparse array can have a length of billions.
    else for (const message of Object.values(data)) handle(message);
  }

  function handle(message: unknown): void {
    const version = versionOf(message);
    if (version === undefined || !isOpen) return;
    if (version !== VERSION) {
      close();
      const why = `The other side speaks version ${version} of the protocol, and this side ${VERSION}`;
      listener.onClose(why, true);
    } else if (isBye(message)) onClose();
    else listener.onMessage(message);
  }

  /** Also the handler of the event `close`: some engines emit it when a window or worker is gone without a `bye`. */
  function onClose(): void {
    release();
    listener.onClose('The other side is gone', false);
  }

  function release(): void {
    isOpen = false;
    unsent = [];
    port.removeEventListener('message', onMessage);
    port.removeEventListener('close', onClose);
    port.close();
  }

  function close(): void {
    if (!isOpen) return;
    post({ bankside: VERSION, bye: true });
    send();
    release();
  }

  port.addEventListener('message', onMessage);
  port.addEventListener('close', onClose);
  port.start();
  return { post, close };
}
