import mitt, { type Emitter as Mitt } from 'mitt';
import { describe, invalidCall } from './errors.ts';

/** Calls a function of the page's. What it throws, or rejects with, goes where the page's other uncaught errors go, and stops nothing here. */
export function callSafely<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): void {
  try {
    const result = callback(...args);
    if (result instanceof Promise) result.catch(report);
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}

/** Typed events. Delivery is ours and not mitt's: there, one throwing handler stops those behind it, and `'*'` means something else. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #mitt: Mitt<Events> = mitt<Events>();

  /** Adds a handler and returns the function that removes it. A handler that was added twice is called twice. */
  on<K extends keyof Events & string>(type: K, handler: (event: Events[K]) => void): () => void {
    if (typeof handler !== 'function')
      throw invalidCall(`on('${type}', handler)`, 'a function', describe(handler));
    // A function of its own for each call, so that removing one subscription leaves an equal one in place.
    const own = (event: Events[K]): void => callSafely(handler, event);
    this.#mitt.on(type, own);
    return () => {
      this.#mitt.off(type, own);
      if (!this.#mitt.all.get(type)?.length) this.#mitt.all.delete(type);
    };
  }

  emit<K extends keyof Events & string>(type: K, event: Events[K]): void {
    const handlers = this.#mitt.all.get(type);
    // A copy: handlers come and go while they are called.
    if (handlers) for (const handler of handlers.slice() as ((event: Events[K]) => void)[]) handler(event);
  }
}
