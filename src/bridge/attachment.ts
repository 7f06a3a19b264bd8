import { attempt } from '../attempt.ts';
import { callSafely } from '../emitter.ts';
import { check, invalid } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import type { EventDelegate } from './delegate.ts';

/** The vendor's widget: the object that is answered. Newer ones have `handleServerResponse` as well. */
export interface Widget {
  /** Takes the replies, where the widget has no other. */
  handlePServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
  /** Takes them in widgets that do not have the one above. */
  handleServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
}

type Fields = Record<string, unknown>;

const REPLY_FUNCTIONS = ['handlePServerResponse', 'handleServerResponse'];

/** One widget that is wired to a bridge: whom to answer, and what was put in place of what. */
export interface Attachment {
  /**
   * Puts the delegate's functions on the target, or else on the widget.
   *
   * @throws INVALID_CALL when it does not take them.
   */
  install(): void;
  /**
   * Puts the door before the widget's own reply functions, once the widget is there: for shells that call
   * those.
   */
  standBefore(): void;
  /**
   * Answers through the widget's own reply function, looked up anew each time: widgets that load in parts
   * replace it. False if there is none.
   */
  answer(response: unknown, requestId: string | number): boolean;
  /** Puts back what was replaced. */
  restore(): void;
}

/** @throws INVALID_CALL when there is no widget, or nothing to put the delegate's functions on. */
export function createAttachment(
  given: Widget | (() => Widget | undefined),
  target: object | undefined,
  delegate: EventDelegate,
): Attachment {
  const door: unknown = delegate.handlePServerResponse;
  /** The widget's own reply functions that the door stands before. */
  const own = new Map<string, unknown>();
  const undo: (() => void)[] = [];
  let isOver = false;

  /** A getter may read what is not there yet. */
  function widget(): Fields | undefined {
    return isFunction(given) ? attempt(given as () => Fields | undefined) : (given as Fields);
  }

  /** Returns whether the object took it. */
  function replace(object: Fields, name: string, value: unknown): boolean {
    const before = Object.getOwnPropertyDescriptor(object, name);
    // A global function of a script cannot be configured, but can be written.
    const attributes = before?.writable ? before : { configurable: true, enumerable: true, writable: true };
    if (!Reflect.defineProperty(object, name, { ...attributes, value })) return false;
    undo.unshift(() => {
      if (object[name] !== value) return; // somebody else has replaced it since
      if (before) Reflect.defineProperty(object, name, before);
      else Reflect.deleteProperty(object, name);
    });
    return true;
  }

  function restore(): void {
    isOver = true;
    for (const put of undo.splice(0)) put();
  }

  /** Never over the widget's own reply function, nor over one that may well be it. */
  function takesDoor(object: Fields): boolean {
    const loaded = widget();
    const current = object['handlePServerResponse'];
    const isOwn = (name: string): boolean => !loaded || fieldOf(loaded, name) === current;
    return object !== loaded && !(current && REPLY_FUNCTIONS.some(isOwn));
  }

  checkObject(given, 'a widget, or a function that gets it');
  const receiver = (target ?? widget()) as Fields;
  checkObject(receiver, 'a target, or a loaded widget');

  return {
    install() {
      for (const [name, value] of Object.entries(delegate)) {
        if (value === door && !takesDoor(receiver)) continue;
        if (replace(receiver, name, value)) continue;
        restore();
        throw invalid('INVALID_CALL', 'attach', `a target whose ${name} can be set`, 'one that is frozen');
      }
    },
    standBefore() {
      if (isOver) return;
      const loaded = widget();
      for (const name of REPLY_FUNCTIONS) {
        const current = fieldOf(loaded, name);
        if (loaded && current && current !== door && replace(loaded, name, door)) own.set(name, current);
      }
    },
    answer(response, requestId) {
      const loaded = widget();
      const found = REPLY_FUNCTIONS.map((name) => {
        const current = fieldOf(loaded, name);
        return current === door ? own.get(name) : current;
      }).find(isFunction);
      if (found) callSafely(() => found.call(loaded, response as never, requestId as never));
      return !!found;
    },
    restore,
  };
}

/** Widgets may be windows of another origin, or have getters that throw. */
function fieldOf(object: Fields | undefined, name: string): unknown {
  return attempt(() => object?.[name]);
}

function checkObject(received: unknown, expected: string): void {
  check(Object(received) === received, 'INVALID_CALL', 'attach', expected, received);
}
