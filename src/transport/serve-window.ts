import { attempt } from '../attempt.ts';
import { isKnock, type Message, VERSION, versionOf } from './port-messages.ts';
import type { NearWindow } from './port-options.ts';
import { serveLine } from './serve-line.ts';
import type { Transport } from './transport.ts';

/** Answers the near sides in another window, each over the port that it knocks with. Returns the function that stops it. */
export function serveWindow({ source, origin }: NearWindow, transport: Transport): () => void {
  const instance = Math.random().toString(36).slice(2);
  const stops = new Set<() => void>();

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
    const { post, close } = serveLine(port, transport, () => stops.delete(close));
    stops.add(close);
    post({ bankside: VERSION, welcome: instance });
  }

  /** It hears by this which version is spoken here. */
  function refuse(port: MessagePort): void {
    port.postMessage({ bankside: VERSION, bye: true } satisfies Message);
    port.close();
  }

  function stopAll(): void {
    for (const stop of stops) stop();
    stops.clear();
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
