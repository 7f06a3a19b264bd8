import { attempt } from '../attempt.ts';
import { callSafely } from '../emitter.ts';
import { check, invalid } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import { SENDERS } from './calls.ts';
import type { EventDelegate } from './delegate.ts';

/** The vendor's widget: the object that is answered. */
export interface Widget {
  /** Takes the replies. */
  handlePServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
  /** Takes them in widgets that do not have the one above. In those that have both, the one above calls this one. */
  handleServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
}

/** How it went to hand a reply over: `absent` where nobody was there to take it, `threw` where its function threw. */
export type HandOver = 'taken' | 'absent' | 'threw';

/** One widget that is wired to a bridge: whom to answer, and what was put in place of what. */
export interface Attachment {
  /**
   * Puts the delegate's functions on the target, or on the widget.
   *
   * @throws INVALID_CALL when it does not take them.
   */
  install(): void;
  /**
   * Puts the bridge before the widget's own reply functions, once the widget is there: for shells that call those.
   * What the widget itself calls while it is being answered still reaches its own: of its two reply functions, shipped
   * widgets have one that calls the other.
   */
  standBefore(): void;
  /**
   * Answers through the widget's own reply function, looked up each time: widgets that load in parts replace it.
   */
  answer(response: unknown, requestId: string | number): HandOver;
  /** Puts back what was replaced. */
  restore(): void;
}

/**
 * Takes a reply from whoever has it. Returns whether a request waited for it; if none did, what `stray` returns.
 */
export type Receive = (response: unknown, requestId: string | number, stray?: () => unknown) => unknown;

type Fields = Record<string, unknown>;
type ReplyFunction = (this: unknown, response: unknown, requestId: string | number) => unknown;

const REPLY_FUNCTIONS: readonly string[] = ['handlePServerResponse', 'handleServerResponse'];

/** What a widget is looked at for: these are the page's to give, whatever stands there. */
const PAGE_FUNCTIONS: readonly string[] = /* @__PURE__ */ [...SENDERS.keys(), 'handlePersoEvent'];

/**
 * 1. A widget given as an object gets the functions of the page that it calls by name. Any other function of the
 *    delegate it gets only under a name that it does not have: widgets have a `callPersoneticsAPI` of their own.
 * 2. A widget given by a getter gets nothing: the getter says whom to answer.
 * 3. A target gets all, but no entry point for replies in place of the widget's own reply function.
 *
 * @param target Its first element, if there is one, is the target.
 * @throws INVALID_CALL when the widget or the target is no object.
 */
export function createAttachment(
  given: Widget | (() => Widget | undefined),
  target: readonly [target?: object | undefined],
  delegate: EventDelegate,
  receive: Receive,
): Attachment {
  /** By name: a reply function of the widget's own, and what stands before it. */
  const stoodBefore = new Map<string, { readonly own: ReplyFunction; readonly entry: ReplyFunction }>();
  const undo: (() => void)[] = [];
  /** The reply that the widget is taking now. */
  let handing: { readonly response: unknown; readonly requestId: string } | undefined;
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

  function receives(object: Fields, name: string): boolean {
    const loaded = widget();
    const isWidget = object === loaded || sharesReplyFunction(object, loaded);
    if (REPLY_FUNCTIONS.includes(name)) {
      // As long as the widget is not there, a target that has a reply function may turn out to be the widget.
      return !isWidget && (loaded !== undefined || !REPLY_FUNCTIONS.some((known) => fieldOf(object, known)));
    }
    return !isWidget || PAGE_FUNCTIONS.includes(name) || isFree(object, name);
  }

  /** The widget's own function of this name, also where the bridge stands before it. */
  function ownFunction(loaded: Fields | undefined, name: string): ReplyFunction | undefined {
    const current = fieldOf(loaded, name);
    const before = stoodBefore.get(name);
    if (before && before.entry === current) return before.own;
    return isFunction(current) ? (current as ReplyFunction) : undefined;
  }

  /** What stands before a reply function of the widget's. */
  function entryBefore(own: ReplyFunction): ReplyFunction {
    return (response, requestId) => {
      const passOn = (): unknown => own.call(widget(), response, requestId);
      if (!handing) return receive(response, requestId);
      const isPassedOn = handing.response === response && handing.requestId === attempt(() => `${requestId}`);
      return isPassedOn ? passOn() : receive(response, requestId, passOn);
    };
  }

  checkObject(given, 'a widget, or a function that gets it');
  if (target.length) checkObject(target[0], 'an object as target, which is loaded already');
  const receiver = (target.length ? target[0] : isFunction(given) ? undefined : given) as Fields | undefined;

  return {
    install() {
      if (!receiver) return;
      for (const [name, value] of Object.entries(delegate)) {
        if (!receives(receiver, name) || replace(receiver, name, value)) continue;
        restore();
        throw invalid('INVALID_CALL', 'attach', `a target whose ${name} can be set`, 'one that is frozen');
      }
    },
    standBefore() {
      if (isOver) return;
      const loaded = widget();
      for (const name of REPLY_FUNCTIONS) {
        const own = ownFunction(loaded, name);
        if (!loaded || !own || own === stoodBefore.get(name)?.own) continue;
        const entry = entryBefore(own);
        if (replace(loaded, name, entry)) stoodBefore.set(name, { own, entry });
      }
    },
    answer(response, requestId) {
      const loaded = widget();
      const found = REPLY_FUNCTIONS.map((name) => ownFunction(loaded, name)).find(Boolean);
      if (!found) return 'absent';
      const before = handing; // the widget may ask from within, and be answered
      handing = { response, requestId: `${requestId}` };
      const isTaken = callSafely(() => found.call(loaded, response, requestId));
      handing = before;
      return isTaken ? 'taken' : 'threw';
    },
    restore,
  };
}

/** One object may pass for another: a copy of the widget, or what it inherits from. */
function sharesReplyFunction(object: Fields, loaded: Fields | undefined): boolean {
  const theirs = REPLY_FUNCTIONS.map((name) => fieldOf(loaded, name)).filter(Boolean);
  return REPLY_FUNCTIONS.some((name) => theirs.includes(fieldOf(object, name)));
}

/** A name whose getter throws is taken. */
function isFree(object: Fields, name: string): boolean {
  return attempt(() => object[name] === undefined || object[name] === null) === true;
}

/** Widgets may be windows of another origin, or have getters that throw. */
function fieldOf(object: Fields | undefined, name: string): unknown {
  return attempt(() => object?.[name]);
}

function checkObject(received: unknown, expected: string): void {
  check(Object(received) === received, 'INVALID_CALL', 'attach', expected, received);
}
