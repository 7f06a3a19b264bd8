import { attempt } from '../../check.ts';

type ReplyCallback = (response: unknown) => void;

/** All requests of this page that wait for native code, by wire id: native code answers all of them by the same function. */
const pending = /* @__PURE__ */ new Map<number, ReplyCallback>();

let lastId = 0;

/**
 * Waits for a reply under an id that no other request of the page has.
 *
 * Native code may keep the id as a string or as any kind of number, and write it into a script with or without quotes. A whole
 * number of ten digits that fits into 32 bits survives all of that. The first one is random, so that two frames, or two copies
 * of this package, have different ids. None looks like the small ids of widgets.
 */
export function awaitReply(callback: ReplyCallback): {
  readonly wireId: string;
  readonly forget: () => void;
} {
  lastId ||= 1_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
  lastId += 1;
  const id = lastId;
  pending.set(id, callback);
  return { wireId: `${id}`, forget: () => pending.delete(id) };
}

/** Passes a reply to the request that waits for it. False if there is none. */
export function handleReply(response: unknown, wireId: unknown): boolean {
  const callback = attempt(() => pending.get(Number(wireId)));
  callback?.(response);
  return callback !== undefined;
}
