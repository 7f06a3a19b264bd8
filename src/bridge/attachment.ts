import { attempt, checkCall, invalidCall, isFunction } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { SENDERS } from './calls.ts';
import { type EventDelegate, isEntryPoint } from './delegate.ts';
import { replaceFunction } from './replaced-functions.ts';

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

/** Where replies come to the bridge from outside. */
export interface Entry {
  /** Takes a reply. Returns whether a request waited for it. */
  receive(response: unknown, requestId: string | number): boolean;
  /** Offers it to the transport alone. */
  offer(response: unknown, requestId: string | number): boolean;
}

type Fields = Record<string, unknown>;
type ReplyFunction = (this: unknown, response: unknown, requestId: string | number) => unknown;

/** A reply that a widget is taking. */
interface Handing {
  readonly requestId: string;
  readonly response: unknown;
  /** Its function has returned a promise, and may pass the reply on until that settles. */
  isLate: boolean;
  /** It has been taken, or given up. */
  end(): void;
}

/** Of each widget that a bridge has stood before: what it is taking now, whichever bridge hands it over. */
const handings = /* @__PURE__ */ new WeakMap<object, Set<Handing>>();

const REPLY_FUNCTIONS: readonly string[] = ['handlePServerResponse', 'handleServerResponse'];

/** The page's functions that a widget calls on itself, whatever stands there. */
const PAGE_FUNCTIONS: readonly string[] = /* @__PURE__ */ [...SENDERS.keys(), 'handlePersoEvent'];

/**
 * 1. A widget given as an object gets the functions of the page that it calls by name. Any other function of the
 *    delegate it gets only under a name that it does not have: widgets have a `callPersoneticsAPI` of their own.
 * 2. A widget given by a getter gets nothing: the getter says whom to answer.
 * 3. A target gets all, but no entry point for replies in place of the widget's own reply function.
 * 4. Where a bridge stands before a widget's reply functions, calls from outside come to the bridge. What the widget
 *    itself passes on of the reply that it is taking goes where it would go without the bridge.
 *
 * @param target Its first element, if there is one, is the target.
 * @throws INVALID_CALL when the widget or the target is no object.
 */
export function createAttachment(
  given: Widget | (() => Widget | undefined),
  target: readonly [target?: object | undefined],
  delegate: EventDelegate,
  { receive, offer }: Entry,
): Attachment {
  const undo: (() => void)[] = [];
  /** What this attachment has put before reply functions. */
  const entries = new WeakSet<object>();
  /** The replies that a widget is still taking. */
  const taking = new Set<() => void>();
  let isOver = false;

  /** A getter may read what is not there yet. */
  function widget(): Fields | undefined {
    return isFunction(given) ? attempt(given as () => Fields | undefined) : (given as Fields);
  }

  function replace(object: Fields, name: string, value: unknown): boolean {
    const restoreIt = replaceFunction(object, name, value);
    if (restoreIt) undo.unshift(restoreIt);
    return restoreIt !== undefined;
  }

  function restore(): void {
    isOver = true;
    for (const put of undo.splice(0)) put();
    for (const end of taking) end(); // its promise may never settle
  }

  /** `false`: it gets none of this name; `optional`: it may refuse it. */
  function receives(object: Fields, name: string): boolean | 'optional' {
    const loaded = widget();
    const isWidget = object === loaded || sharesReplyFunction(object, loaded);
    if (REPLY_FUNCTIONS.includes(name)) {
      // As long as the widget is not there, a target that has a reply function may turn out to be the widget.
      return !isWidget && (loaded !== undefined || !REPLY_FUNCTIONS.some((known) => fieldOf(object, known)));
    }
    if (!isWidget || PAGE_FUNCTIONS.includes(name)) return true;
    return isFree(object, name) && 'optional';
  }

  /** A widget has returned from taking a reply. What it does with a promise is still part of that. */
  function endWith(result: unknown, handing: Handing): void {
    handing.isLate = result instanceof Promise;
    const end = (): void => {
      taking.delete(end);
      handing.end();
    };
    if (isOver || !(result instanceof Promise)) {
      end();
      return;
    }
    taking.add(end);
    result.then(end, end);
  }

  /** A reply function of the widget's, or what stands before it; never the entry point of a delegate. */
  function replyFunction(loaded: Fields | undefined, name: string): ReplyFunction | undefined {
    const found = fieldOf(loaded, name);
    return isFunction(found) && !isEntryPoint(found) ? (found as ReplyFunction) : undefined;
  }

  /** What stands before a reply function of the widget's. */
  function createEntry(own: ReplyFunction): ReplyFunction {
    return function entry(this: unknown, response, requestId) {
      const taker = widget() ?? this;
      const passOn = (): unknown => own.call(taker, response, requestId);
      if (isOver) return passOn();
      const handing = handingOf(taker, requestId);
      if (!handing) return receive(response, requestId);
      if (handing.response === response) {
        if (handing.isLate) handing.end(); // once
        return passOn();
      }
      if (handing.isLate) return receive(response, requestId);
      // The widget has made something of the reply; or a shell answers another request within the hand-over.
      return offer(response, requestId) || passOn();
    };
  }

  checkObject(given, 'a widget, or a function that gets it');
  if (target.length) checkObject(target[0], 'an object as target, which is loaded already');
  const receiver = (target.length ? target[0] : isFunction(given) ? undefined : given) as Fields | undefined;

  return {
    install() {
      if (!receiver) return;
      for (const [name, value] of Object.entries(delegate)) {
        const isWanted = receives(receiver, name);
        if (!isWanted || replace(receiver, name, value) || isWanted === 'optional') continue;
        restore();
        throw invalidCall('attach', `a target whose ${name} can be set`, 'one that is frozen');
      }
    },
    standBefore() {
      const loaded = widget();
      if (isOver || !loaded) return;
      for (const name of REPLY_FUNCTIONS) {
        const own = replyFunction(loaded, name);
        if (!own || entries.has(own)) continue;
        const entry = createEntry(own);
        if (!replace(loaded, name, entry)) continue;
        entries.add(entry);
        if (!handings.has(loaded)) handings.set(loaded, new Set());
      }
    },
    answer(response, requestId) {
      const loaded = widget();
      const found = REPLY_FUNCTIONS.map((name) => replyFunction(loaded, name)).find(Boolean);
      if (!found || !loaded) return 'absent';
      const all = handings.get(loaded);
      const handing = all && hand(all, response, requestId);
      let result: unknown;
      const isTaken = callSafely(() => {
        result = found.call(loaded, response, requestId);
        return result;
      });
      if (handing) endWith(result, handing);
      return isTaken ? 'taken' : 'threw';
    },
    restore,
  };
}

/** Notes that a widget is taking a reply. */
function hand(all: Set<Handing>, response: unknown, requestId: string | number): Handing {
  const handing: Handing = {
    requestId: `${requestId}`,
    response,
    isLate: false,
    end: () => all.delete(handing),
  };
  all.add(handing);
  return handing;
}

/** The newest reply that a widget is taking under an id. */
function handingOf(widget: unknown, requestId: unknown): Handing | undefined {
  const id = attempt(() => `${requestId}`); // from outside, an id may be anything
  return [...(handings.get(widget as object) ?? [])].reverse().find((handing) => handing.requestId === id);
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
  checkCall(Object(received) === received, 'attach', expected, received);
}
