import type { Widget } from '../bridge/attachment.ts';
import { attempt } from '../check.ts';
import { sleep } from '../time.ts';

/** What every build of the widget has. */
export interface StartableWidget extends Widget {
  /** Prepares the widget, once. */
  initialize(options: object): unknown;
  /** Shows a view. */
  startWidget(options: object): unknown;
}

/** The type of `window.personetics`, if the page declares it, as `import 'bankside/personetics'` does. */
export type LoadedWidget = Window extends { personetics?: infer Declared }
  ? unknown extends Declared
    ? StartableWidget
    : NonNullable<Declared>
  : StartableWidget;

/** In ms. */
const CHECK_EVERY = 50;

/**
 * A global that a script has set. An element with this `id`, or a frame with this name, is a property of the window too, but not
 * an own one.
 */
export function readGlobal(name: string): unknown {
  if (!Object.hasOwn(globalThis, name)) return undefined;
  return attempt(() => (globalThis as unknown as Record<string, unknown>)[name]) ?? undefined;
}

/** Waits for a global. Resolves with `undefined` if the signal aborts first. */
export async function waitForGlobal(name: string, signal: AbortSignal): Promise<unknown> {
  for (;;) {
    const widget = readGlobal(name);
    if (widget !== undefined || !(await sleep(CHECK_EVERY, signal))) return widget;
  }
}

/** The names of all globals. */
export function globalNames(): ReadonlySet<string> {
  return new Set(Object.getOwnPropertyNames(globalThis));
}
