import type { Connection, ConnectionListener } from './port-connection.ts';
import { type Line, openLine } from './port-line.ts';
import {
  isNotice,
  isReady,
  isRequest,
  isWelcome,
  type Message,
  type NearMessage,
  VERSION,
  versionOf,
} from './port-messages.ts';
import type { FarWindow } from './port-options.ts';

/**
 * How many notices are kept for a far side that has not come yet. Of requests, a bridge has `maxPending`; of notices,
 * as many as the widget sends.
 */
const MOST_NOTICES = 1_000;

/**
 * The way to another window: a channel of its own, one port of which is sent there.
 *
 * 1. It knocks at once, whenever the far side says that it is ready, and when something is to be sent and there
 *    is no way. A knock that nobody hears is lost with its channel.
 * 2. Messages are kept until the welcome, for `readyTimeout` at most; of notices, the newest 1,000.
 * 3. The window is known by itself and its origin; the port, by having been sent to that origin alone.
 * 4. When this page is left, the way ends.
 */
export function connectWindow(
  { target, origin, readyTimeout }: FarWindow,
  { hear, lose }: ConnectionListener,
): Connection {
  let kept: NearMessage[] = [];
  let notices = 0;
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
        else if (isWelcome(data)) open(opened, data.welcome);
      },
      lose(why, isUnfit) {
        const wasOpen = instance !== undefined;
        line = instance = undefined;
        // A knock that nobody has heard may yet be followed by another.
        if (wasOpen || isUnfit) drop(why);
      },
    });
    line = opened;
    target.postMessage({ bankside: VERSION, knock: true } satisfies Message, origin, [port2]);
  }

  function open({ post }: Line, by: string): void {
    instance = by;
    clearTimeout(timer);
    for (const each of kept) post(each);
    forget();
  }

  function keep(message: NearMessage): void {
    if (kept.push(message) === 1) timer = setTimeout(giveUp, readyTimeout);
    if (isNotice(message)) notices += 1;
    if (notices <= MOST_NOTICES) return;
    kept.splice(kept.findIndex(isNotice), 1);
    notices -= 1;
  }

  function forget(): void {
    kept = [];
    notices = 0;
  }

  function drop(why: string): void {
    clearTimeout(timer);
    forget();
    lose(why);
  }

  /** The next message knocks again. */
  function giveUp(): void {
    line?.close();
    line = undefined;
    drop(`Nobody at ${origin} answered in ${readyTimeout} ms`);
  }

  function onMessage({ source, origin: from, data }: MessageEvent): void {
    if (source !== target || from !== origin || versionOf(data) === undefined) return;
    // One of another version is knocked at too, as that is how it tells which.
    if (!isReady(data) || data.ready === instance) return;
    const wasOpen = instance !== undefined;
    instance = undefined;
    if (wasOpen) lose('The far side has been started anew');
    knock();
  }

  /** No engine tells the far side of a page that goes. One that the browser keeps knocks with its next message. */
  function leave(): void {
    line?.close();
    line = instance = undefined;
    drop('This page was left');
  }

  addEventListener('message', onMessage);
  addEventListener('pagehide', leave);
  knock();

  return {
    post(each) {
      if (line && instance !== undefined) return line.post(each);
      keep(each);
      if (!line) knock();
    },
    withdraw(id) {
      const { length } = kept;
      kept = kept.filter((each) => !(isRequest(each) && each.request === id));
      if (kept.length === 0) clearTimeout(timer);
      return kept.length < length;
    },
    close() {
      removeEventListener('message', onMessage);
      removeEventListener('pagehide', leave);
      clearTimeout(timer);
      forget();
      line?.close();
    },
  };
}
