import { isBye, type Message, VERSION, versionOf } from './port-messages.ts';

/** One end of a channel that is open. */
export interface Line {
  /** Goes with whatever else is said within the turn. */
  post(message: Message): void;
  /** Sends what has been posted, says so, and closes the port. */
  close(): void;
}

/** Who is told what comes over a line. */
export interface Listener {
  /** A message of this version of the protocol, as yet of any kind. */
  hear(message: unknown): void;
  /**
   * The other end is gone, which is told once, and the port is closed.
   *
   * @param why To be said in an error.
   * @param isUnfit It speaks another version, so that to try again would not help.
   */
  lose(why: string, isUnfit: boolean): void;
}

/** Takes a port over: nobody else should use it after that. */
export function openLine(port: MessagePort, { hear, lose }: Listener): Line {
  const soon = Promise.resolve();
  let unsent: Message[] = [];
  let isOpen = true;

  function post(message: Message): void {
    if (unsent.push(message) === 1) soon.then(send);
  }

  function send(): void {
    const messages = unsent;
    unsent = [];
    if (messages.length === 0) return; // it was closed meanwhile
    port.postMessage(messages.length === 1 ? messages[0] : messages);
  }

  function onMessage({ data }: MessageEvent): void {
    if (!Array.isArray(data)) take(data);
    // Not one place after the other: a list can have thousands of millions of them, and nearly nothing in them.
    else for (const each of Object.values(data)) take(each);
  }

  function take(message: unknown): void {
    const version = versionOf(message);
    if (version === undefined || !isOpen) return; // somebody else's, or what comes behind the end
    if (version !== VERSION) {
      close();
      lose(`The far side speaks version ${version} of the protocol, and this one ${VERSION}`, true);
    } else if (isBye(message)) onClose();
    else hear(message);
  }

  /** Engines that have the event tell of a window or worker that is gone without a word. */
  function onClose(): void {
    letGo();
    lose('The far side has gone', false);
  }

  function letGo(): void {
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
    letGo();
  }

  port.addEventListener('message', onMessage);
  port.addEventListener('close', onClose);
  port.start();
  return { post, close };
}
