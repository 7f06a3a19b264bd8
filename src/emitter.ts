import mitt from 'mitt';
import { attempt, checkCall, isFunction, isThenable } from './check.ts';

/**
 * Calls a function of the page. If it throws or rejects, the error is reported as uncaught, and nothing else stops. Returns
 * whether the function returned.
 */
export function callSafely(callback: () => unknown): boolean {
  let result: unknown;
  try {
    result = callback();
  } catch (error) {
    reportUncaught(error);
    return false;
  }
  if (isThenable(result)) reportRejection(result);
  return true;
}

function reportRejection(promise: PromiseLike<unknown>): void {
  try {
    promise.then(undefined, reportUncaught);
  } catch (error) {
    reportUncaught(error); // its own `then` has thrown
  }
}

/** Reports an error like the page's other uncaught errors. */
export function reportUncaught(error: unknown): void {
  attempt(() => (globalThis.reportError ?? console.error)(error)); // a page may have replaced them
}

export interface Emitter<Events extends Record<string, unknown>> {
  /**
   * Adds a handler, and returns the function that removes it. A handler that was added twice is called twice.
   *
   * @param call The name of the public function, for errors.
   */
  on<K extends keyof Events>(type: K, handler: (event: Events[K]) => void, call?: string): () => void;
  emit<K extends keyof Events>(type: K, event: Events[K]): void;
  hasHandlers(type: keyof Events): boolean;
}

/** Typed events on mitt. Here, a handler that throws does not stop the handlers after it. */
export function createEmitter<Events extends Record<string, unknown>>(): Emitter<Events> {
  const { all, on, off, emit } = mitt<Events>();
  return {
    emit,
    hasHandlers: (type) => (all.get(type) ?? []).length > 0,
    on(type, handler, call = `on ${String(type)}`) {
      checkCall(isFunction(handler), call, 'a function', handler);
      // A new function for each call: mitt removes by function, and the same handler may be added twice.
      let isOn = true;
      const wrapped = (event: Events[typeof type]): void => {
        callSafely(() => isOn && handler(event));
      };
      on(type, wrapped);
      return () => {
        isOn = false; // mitt may be calling the handlers of a copy of its list
        off(type, wrapped);
      };
    },
  };
}
