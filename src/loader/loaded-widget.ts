import type { Widget } from '../bridge/attachment.ts';
import { attempt, invalidOption, isFunction, isObject, isThenable } from '../check.ts';
import { now, sleep } from '../time.ts';

/** What every build of the widget has. */
export interface StartableWidget extends Widget {
  /** Prepares the widget, once. */
  initialize(options: object): unknown;
  /** Shows a view. */
  startWidget(options: object): unknown;
}

/** The type of `window.personetics`, if the page declares it, as `import 'bankside/personetics'` does. */
export type LoadedWidget = Window extends {
  /** The vendor's global. */
  personetics?: infer Declared;
}
  ? unknown extends Declared
    ? StartableWidget
    : NonNullable<Declared>
  : StartableWidget;

/** In ms. */
const CHECK_EVERY = 50;

/**
 * A global that a script has set: an object or a function. An element with this `id`, or a frame with this name, is a property of
 * the window too, but not an own one.
 *
 * @throws INVALID_OPTIONS for a promise: no promise can resolve with it.
 */
export function readGlobal(name: string): unknown {
  if (!Object.hasOwn(globalThis, name)) return undefined;
  const value = attempt(() => (globalThis as unknown as Record<string, unknown>)[name]);
  if (!isObject(value) && !isFunction(value)) return undefined;
  if (isThenable(value)) {
    throw invalidOption(
      'global',
      'the name of the widget',
      'the name of a promise, or of an object with a then',
    );
  }
  return value;
}

/**
 * Waits for a global. Resolves with `undefined` if the signal aborts first.
 *
 * @param limit How long it waits at most, in ms.
 */
export async function waitForGlobal(name: string, signal: AbortSignal, limit = Infinity): Promise<unknown> {
  const end = now() + limit;
  for (;;) {
    const widget = readGlobal(name);
    if (widget !== undefined || now() >= end || !(await sleep(CHECK_EVERY, signal))) return widget;
  }
}

/** The names of all globals. */
export function globalNames(): ReadonlySet<string> {
  return new Set(Object.getOwnPropertyNames(globalThis));
}
