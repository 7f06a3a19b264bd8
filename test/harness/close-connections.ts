import { afterAll } from 'vitest';

/** Where Node keeps what its `fetch` sends with. It is there after the first request. */
const dispatcher = Symbol.for('undici.globalDispatcher.1');

interface Dispatcher {
  readonly constructor: new () => Dispatcher;
  destroy(): Promise<void>;
}

/**
 * Node's `fetch` keeps connections open, and later sets their timers with the page's `setTimeout`: in the next file, that may be a
 * fake one, whose timers a test counts.
 */
afterAll(async () => {
  const held = globalThis as { [dispatcher]?: Dispatcher };
  const used = held[dispatcher];
  if (!used) return;
  held[dispatcher] = new used.constructor();
  await used.destroy();
});
