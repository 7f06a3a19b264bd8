import type { Connection, ConnectionListener } from './port-connection.ts';
import { type Line, openLine } from './port-line.ts';
import { isReady, isWelcome, type KnockMessage, VERSION, versionOf } from './port-messages.ts';
import type { FarWindow } from './port-options.ts';

/**
 * The way to another window: a channel of its own, one port of which is sent there.
 *
 * 1. It knocks at once, whenever the far side says that it is ready, and when something is to be sent and there
 *    is no way. A knock that nobody hears is lost with its channel.
 * 2. Messages are kept until the welcome, for `readyTimeout` at most.
 * 3. The window is known by itself and its origin; the port, by having been sent to that origin alone.
 */
export function connectWindow(
  { target, origin, readyTimeout }: FarWindow,
  { hear, lose }: ConnectionListener,
): Connection {
  const kept = new Map<number, object>();
  /** The last knock; open once it has been welcomed. */
  let line: Line | undefined;
  /** The far side that has welcomed it. */
  let instance: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function knock(): void {
    line?.close();
    const { port1, port2 } = new MessageChannel();
    const opened = openLine(port1, {
      hear(data) {
        if (instance !== undefined) hear(data);
        else if (isWelcome(data)) open(opened, data.instance);
      },
      lose(why, isUnfit) {
        const wasOpen = instance !== undefined;
        line = instance = undefined;
        // A knock that nobody has heard may yet be followed by another.
        if (wasOpen || isUnfit) drop(why);
      },
    });
    line = opened;
    target.postMessage({ bankside: VERSION, kind: 'knock' } satisfies KnockMessage, origin, [port2]);
  }

  function open({ post }: Line, by: string): void {
    instance = by;
    clearTimeout(timer);
    for (const each of kept.values()) post(each);
    kept.clear();
  }

  function drop(why: string): void {
    clearTimeout(timer);
    kept.clear();
    lose(why);
  }

  /** The next message knocks again. */
  function giveUp(): void {
    line?.close();
    line = undefined;
    drop(`Nobody at ${origin} answered in ${readyTimeout} ms`);
  }

  function onMessage({ source, origin: from, data }: MessageEvent): void {
    if (source !== target || from !== origin || versionOf(data) !== VERSION) return;
    if (!isReady(data) || data.instance === instance) return;
    const wasOpen = instance !== undefined;
    instance = undefined;
    if (wasOpen) lose('The far side has been started anew');
    knock();
  }

  addEventListener('message', onMessage);
  knock();

  return {
    post(each) {
      if (line && instance !== undefined) return line.post(each);
      if (kept.size === 0) timer = setTimeout(giveUp, readyTimeout);
      kept.set(each.id, each);
      if (!line) knock();
    },
    withdraw(id) {
      const wasKept = kept.delete(id);
      if (kept.size === 0) clearTimeout(timer);
      return wasKept;
    },
    close() {
      removeEventListener('message', onMessage);
      clearTimeout(timer);
      kept.clear();
      line?.close();
    },
  };
}
