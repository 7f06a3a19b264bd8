/** The requests to one bridge of native code. */
interface Turns {
  /** In order. */
  readonly waiting: Set<() => void>;
  /** The request that was posted last, until it ends. */
  current?: (() => void) | undefined;
}

/** By the name of the bridge, for all widgets and transports of the page. */
const turnsByBridge = /* @__PURE__ */ new Map<string, Turns>();

/**
 * Runs a function when all earlier ones for the same bridge have ended; at once if there is none.
 *
 * @param bridge The name that the shells of one bridge share.
 * @returns The function that ends the turn, or stops waiting for it. The next turn starts in a microtask: if many requests are
 *   aborted together, none of them gets a turn in between.
 */
export function awaitTurn(bridge: string, run: () => void): () => void {
  const turns: Turns = turnsByBridge.get(bridge) ?? { waiting: new Set() };
  turnsByBridge.set(bridge, turns);
  const turn = (): void => run(); // a new function: the same one may wait twice
  turns.waiting.add(turn);
  if (turns.waiting.size === 1) startNext(turns);
  return () => {
    turns.waiting.delete(turn);
    if (turns.current !== turn) return;
    turns.current = undefined;
    Promise.resolve().then(() => startNext(turns));
  };
}

function startNext(turns: Turns): void {
  const [next] = turns.waiting;
  if (turns.current || !next) return;
  turns.waiting.delete(next);
  turns.current = next;
  next();
}
