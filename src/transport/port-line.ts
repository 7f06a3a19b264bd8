import { type ByeMessage, isBye, VERSION, versionOf } from './port-messages.ts';

/** One end of a channel that is open. */
export interface Line {
  /** @throws DataCloneError for what cannot cross. */
  post(message: object): void;
  /** Says so, and closes the port. */
  close(): void;
}

/** Who is told what comes over a line. */
export interface Listener {
  /** A message of this version of the protocol, as yet of any kind. */
  hear(data: unknown): void;
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
  function onMessage({ data }: MessageEvent): void {
    const version = versionOf(data);
    if (version === undefined) return; // somebody else's
    if (version !== VERSION) {
      close();
      lose(`The far side speaks version ${version} of the protocol, and this one ${VERSION}`, true);
    } else if (isBye(data)) onClose();
    else hear(data);
  }

  /** Engines that have the event tell of a window or worker that is gone without a word. */
  function onClose(): void {
    letGo();
    lose('The far side has gone', false);
  }

  function letGo(): void {
    port.removeEventListener('message', onMessage);
    port.removeEventListener('close', onClose);
    port.close();
  }

  function close(): void {
    port.postMessage({ bankside: VERSION, kind: 'bye' } satisfies ByeMessage);
    letGo();
  }

  port.addEventListener('message', onMessage);
  port.addEventListener('close', onClose);
  port.start();
  return { post: (data) => port.postMessage(data), close };
}
