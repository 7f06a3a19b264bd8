import { attempt } from '../../check.ts';
import { isKnock, type Message, VERSION, versionOf } from './port-messages.ts';
import type { NearWindow } from './port-options.ts';
import { type ServedLine, type Serving, serveLine } from './serve-line.ts';

/** How many near sides one window may have. Only a window with a fault, or a hostile one, has more than a few. */
const MOST_LINES = 100;

/** Answers the near sides in another window, each over the port that it knocks with. Returns the function that stops it. */
export function serveWindow({ source, origin }: NearWindow, serving: Serving): () => void {
  const instance = Math.random().toString(36).slice(2);
  /** The one that was heard last is the last. */
  const lines = new Set<ServedLine>();

  function onMessage(event: MessageEvent): void {
    const [port] = event.ports;
    // The window of a message may be gone, and the getter have none: the one is not the other.
    if (!port || !event.source || event.source !== source() || event.origin !== origin) return;
    const version = versionOf(event.data);
    if (version === undefined || !isKnock(event.data)) return;
    event.stopImmediatePropagation(); // one port is not to be served twice
    if (version === VERSION) welcome(port);
    else refuse(port);
  }

  function welcome(port: MessagePort): void {
    const line = serveLine(port, {
      ...serving,
      hear() {
        lines.delete(line);
        lines.add(line);
      },
      leave: () => lines.delete(line),
    });
    if (lines.size >= MOST_LINES) closeOldest();
    lines.add(line);
    line.post({ bankside: VERSION, welcome: instance });
  }

  /** It hears by this which version is spoken here. */
  function refuse(port: MessagePort): void {
    port.postMessage({ bankside: VERSION, bye: true } satisfies Message);
    port.close();
  }

  /** Preferably one that waits for nothing. It knocks again with its next message. */
  function closeOldest(): void {
    const all = [...lines];
    const oldest = all.find((line) => !line.isBusy()) ?? all[0];
    if (!oldest) return;
    lines.delete(oldest);
    oldest.close();
  }

  function stopAll(): void {
    for (const line of lines) line.close();
    lines.clear();
  }

  addEventListener('message', onMessage);
  addEventListener('pagehide', stopAll); // the near sides hear it from no engine
  const ready: Message = { bankside: VERSION, ready: instance };
  attempt(() => source()?.postMessage(ready, origin));

  return () => {
    removeEventListener('message', onMessage);
    removeEventListener('pagehide', stopAll);
    stopAll();
  };
}
