import mitt from 'mitt';
import { attempt, checkCall, isFunction } from './check.ts';

/**
 * Calls a function of the page's. What it throws, or rejects with, goes where the page's other uncaught errors
 * go, and stops nothing here. Returns whether it returned.
 */
export function callSafely(callback: () => unknown): boolean {
  try {
    const result = callback();
    if (result instanceof Promise) result.catch(report);
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

function report(error: unknown): void {
  attempt(() => (globalThis.reportError ?? console.error)(error)); // a page may have replaced it
}

/** Typed events. */
export interface Emitter<Events extends Record<string, unknown>> {
  /**
   * Adds a handler, under the name of the call that gave it, and returns the function that removes it. A
   * handler that was added twice is called twice.
   */
  on<K extends keyof Events>(type: K, handler: (event: Events[K]) => void, call?: string): () => void;
  emit<K extends keyof Events>(type: K, event: Events[K]): void;
  /** Whether there is a handler. */
  hasHandlers(type: keyof Events): boolean;
}

/** Typed events on mitt, where one handler that throws would stop those behind it. */
export function createEmitter<Events extends Record<string, unknown>>(): Emitter<Events> {
  const { all, on, off, emit } = mitt<Events>();
  return {
    emit,
    hasHandlers: (type) => (all.get(type) ?? []).length > 0,
    on(type, handler, call = `on ${String(type)}`) {
      checkCall(isFunction(handler), call, 'a function', handler);
      // A function of its own for each call, so that removing one subscription leaves an equal one in place.
      let isOn = true;
      const own = (event: Events[typeof type]): void => {
        callSafely(() => isOn && handler(event));
      };
      on(type, own);
      return () => {
        isOn = false; // at once, even while mitt walks a copy of its list
        off(type, own);
      };
    },
  };
}
