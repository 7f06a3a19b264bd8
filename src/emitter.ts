import mitt, { type Emitter as Mitt } from 'mitt';
import { describe, invalidCall } from './errors.ts';

/** Calls a function of the page's. What it throws goes where the page's other uncaught errors go, and stops nothing here. */
export function callSafely(callback: () => unknown): void {
  try {
    callback();
  } catch (error) {
    (globalThis.reportError ?? console.error)(error);
  }
}

/** Typed events, on mitt: there, one handler that throws would stop those behind it. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #mitt: Mitt<Events> = mitt<Events>();

  /** Adds a handler and returns the function that removes it. A handler that was added twice is called twice. */
  on<K extends keyof Events & string>(type: K, handler: (event: Events[K]) => void): () => void {
    if (typeof handler !== 'function')
      throw invalidCall(`on('${type}', handler)`, 'a function', describe(handler));
    // A function of its own for each call, so that removing one subscription leaves an equal one in place.
    const own = (event: Events[K]): void => callSafely(() => handler(event));
    this.#mitt.on(type, own);
    return () => this.#mitt.off(type, own);
  }

  emit<K extends keyof Events & string>(type: K, event: Events[K]): void {
    this.#mitt.emit(type, event);
  }
}
