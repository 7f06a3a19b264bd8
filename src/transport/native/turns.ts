interface Line {
  /** Those that wait for their turn, in order. */
  readonly waiting: Set<() => void>;
  /** The one whose turn it is. */
  current?: (() => void) | undefined;
}

/** One line for each bridge to native code, whichever of the page's widgets and transports use it. */
const lines = /* @__PURE__ */ new Map<string, Line>();

/**
 * Runs something when everything that came before it to the same bridge has ended; at once, if there is nothing.
 *
 * @param bridge What the shells of one bridge call it.
 * @returns The function that ends its turn, or gives it up. The next one runs a moment later: where many are given
 *   up together, none of them gets a turn on the way.
 */
export function awaitTurn(bridge: string, run: () => void): () => void {
  const line: Line = lines.get(bridge) ?? { waiting: new Set() };
  lines.set(bridge, line);
  const mine = (): void => run();
  line.waiting.add(mine);
  if (line.waiting.size === 1) advance(line);
  return () => {
    line.waiting.delete(mine);
    if (line.current !== mine) return;
    line.current = undefined;
    Promise.resolve().then(() => advance(line));
  };
}

function advance(line: Line): void {
  const [next] = line.waiting;
  if (line.current || !next) return;
  line.waiting.delete(next);
  line.current = next;
  next();
}
