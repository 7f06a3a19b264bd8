import { attempt } from '../../check.ts';

type Answer = (response: unknown) => void;

/**
 * All requests of this page that wait for native code, by their ids on the wire. A shell answers through one
 * function of the page, whichever of its widgets, bridges and transports the answer is for.
 */
const waiting = /* @__PURE__ */ new Map<number, Answer>();

let lastId = 0;

/**
 * Waits for a reply under an id that no other request of the page has.
 *
 * Native code may keep an id as text, as a number of any kind, and write it into a script with quotes or
 * without: whole numbers of ten digits that fit 32 bits come out of all that as they were. They begin anywhere, so
 * that two copies of this package, or two frames, have different ones, and none is like the small ids of widgets.
 */
export function awaitReply(answer: Answer): { readonly wireId: string; readonly forget: () => void } {
  lastId ||= 1e9 + Math.floor(Math.random() * 1e9);
  lastId += 1;
  const id = lastId;
  waiting.set(id, answer);
  return { wireId: `${id}`, forget: () => waiting.delete(id) };
}

/** Gives a reply to the request that waits for it. False if there is none. */
export function takeReply(response: unknown, wireId: unknown): boolean {
  const answer = attempt(() => waiting.get(Number(wireId)));
  answer?.(response);
  return answer !== undefined;
}
