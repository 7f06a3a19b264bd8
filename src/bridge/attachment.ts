import { attempt, checkCall, type Fields, invalidCall, isFunction, isObject, isThenable } from '../check.ts';
import { callSafely } from '../emitter.ts';
import type { Delivery, ReplyTarget } from '../requests/answer.ts';
import type { Requests } from '../requests/requests.ts';
import { SENDERS } from '../transport/transport.ts';
import { type EventDelegate, isEntryPoint } from './delegate.ts';
import { replaceFunction } from './replaced-functions.ts';
import { sharedMap } from './shared-map.ts';

/** The vendor's widget: the object that gets the replies. */
export interface Widget {
  /** Gets the replies. */
  handlePServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
  /** Gets them in widgets that do not have the function above. In widgets that have both, the one above calls this one. */
  handleServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
}

type ReplyFunction = (this: unknown, response: unknown, requestId: string | number) => unknown;

/** A call of a widget's reply function that has not ended. */
interface RunningReply {
  readonly requestId: string;
  readonly response: unknown;
  /** The function has returned a promise. Until it settles, the function may still pass the reply on. */
  isAsync: boolean;
  end(): void;
}

/** A widget whose reply functions are intercepted. */
interface Intercepted {
  /** How many interceptors it has, of all bridges. */
  interceptors: number;
  /** The replies that it is handling, from any bridge. */
  readonly running: Set<RunningReply>;
}

const interceptedWidgets = /* @__PURE__ */ sharedMap<Intercepted>('intercepted');

const REPLY_FUNCTIONS: readonly string[] = ['handlePServerResponse', 'handleServerResponse'];

/** The page's functions that a widget calls on itself. They replace what the widget has. */
const PAGE_FUNCTIONS: readonly string[] = /* @__PURE__ */ [...Object.values(SENDERS), 'handlePersoEvent'];

/**
 * One widget that is connected to a bridge: where replies go, and which functions were replaced.
 *
 * 1. A widget given as an object gets the page's functions that it calls by name. It gets the other functions of the
 *    delegate only under names that it does not have: widgets have a `callPersoneticsAPI` of their own.
 * 2. A widget given by a getter gets nothing: the getter only says where replies go.
 * 3. A target gets all functions, but no entry point in place of the widget's own reply function.
 * 4. Where the bridge intercepts the widget's reply functions, calls from outside come to the bridge. Of its two reply
 *    functions, shipped widgets have one that calls the other: such a call, within a reply, reaches the widget's own.
 */
export class Attachment implements ReplyTarget {
  /** Returns the widget, if it has loaded. */
  readonly #widget: () => Fields | undefined;
  readonly #requests: Pick<Requests, 'receive' | 'offer'>;
  /** The object that gets the delegate's functions. */
  readonly #receiver: Fields | undefined;
  readonly #undo: (() => void)[] = [];
  readonly #interceptors = new WeakSet<object>();
  /** The replies that the widget handles in promises. */
  readonly #running = new Set<RunningReply>();
  #isOver = false;

  /**
   * @param target Its first element, if there is one, is the target.
   * @throws INVALID_CALL when the widget is neither an object nor a function, or the target is not an object.
   */
  constructor(
    given: Widget | (() => Widget | undefined),
    target: readonly [target?: object | undefined],
    requests: Pick<Requests, 'receive' | 'offer'>,
  ) {
    checkObject(given, 'a widget, or a function that gets it');
    const hasTarget = target.length > 0;
    if (hasTarget) checkTarget(target[0]);
    this.#widget = isFunction(given)
      ? () => attempt(given as () => Fields | undefined)
      : () => given as Fields;
    this.#requests = requests;
    this.#receiver = (hasTarget ? target[0] : isFunction(given) ? undefined : given) as Fields | undefined;
  }

  /**
   * Puts the delegate's functions on the target, or on the widget.
   *
   * @throws INVALID_CALL if the object is frozen.
   */
  install(delegate: EventDelegate): void {
    const receiver = this.#receiver;
    if (!receiver) return;
    for (const [name, value] of Object.entries(delegate)) {
      const wants = this.#wants(receiver, name);
      if (!wants || this.#replace(receiver, name, value) || wants === 'optional') continue;
      this.restore();
      throw invalidCall('attach', `a target whose ${name} can be set`, 'one that is frozen');
    }
  }

  interceptReplies(): void {
    const widget = this.#widget();
    if (this.#isOver || !widget) return;
    for (const name of REPLY_FUNCTIONS) {
      const own = replyFunction(widget, name);
      if (!own || this.#interceptors.has(own)) continue;
      const interceptor = this.#createInterceptor(own);
      if (!this.#replace(widget, name, interceptor)) continue;
      this.#interceptors.add(interceptor);
      this.#undo.push(countInterceptor(widget));
    }
  }

  /** Calls the widget's own reply function. It is looked up each time: widgets that load in parts replace it. */
  answer(response: unknown, requestId: string | number): Delivery {
    const widget = this.#widget();
    const own = REPLY_FUNCTIONS.map((name) => replyFunction(widget, name)).find(Boolean);
    if (!own || !widget) return 'absent';
    const running = startReply(widget, response, requestId);
    let result: unknown;
    const isDone = callSafely(() => {
      result = own.call(widget, response, requestId);
      return result;
    });
    if (running) this.#endWith(result, running);
    return isDone ? 'done' : 'threw';
  }

  restore(): void {
    this.#isOver = true;
    for (const undo of this.#undo.splice(0)) undo();
    for (const running of this.#running) running.end(); // the promise may never settle
    this.#running.clear();
  }

  #replace(object: Fields, name: string, value: unknown): boolean {
    const undo = replaceFunction(object, name, value);
    if (undo) this.#undo.unshift(undo);
    return undo !== undefined;
  }

  /** Whether an object gets the delegate's function of this name. `optional`: no error if the object is frozen. */
  #wants(object: Fields, name: string): boolean | 'optional' {
    const widget = this.#widget();
    const isWidget = object === widget || sharesReplyFunction(object, widget);
    if (REPLY_FUNCTIONS.includes(name)) {
      // Until the widget has loaded, a target that has a reply function may turn out to be the widget.
      return !isWidget && (widget !== undefined || !REPLY_FUNCTIONS.some((known) => fieldOf(object, known)));
    }
    if (!isWidget || PAGE_FUNCTIONS.includes(name)) return true;
    return isFree(object, name) && 'optional';
  }

  /** The widget's reply function has returned. If it returned a promise, it handles the reply until that settles. */
  #endWith(result: unknown, running: RunningReply): void {
    if (this.#isOver || !isThenable(result)) {
      running.end();
      return;
    }
    const end = (): void => {
      this.#running.delete(running);
      running.end();
    };
    running.isAsync = true;
    this.#running.add(running);
    new Promise((resolve) => resolve(result)).then(end, end);
  }

  #createInterceptor(own: ReplyFunction): ReplyFunction {
    const intercept = (self: unknown, response: unknown, requestId: string | number): unknown => {
      const widget = this.#widget() ?? self;
      const callOwn = (): unknown => own.call(widget, response, requestId);
      if (this.#isOver) return callOwn();
      const running = runningReplyOf(widget, requestId);
      if (!running) return this.#requests.receive(response, requestId);
      if (running.response === response) {
        if (running.isAsync) running.end(); // a widget passes a reply on only once
        return callOwn();
      }
      if (running.isAsync) return this.#requests.receive(response, requestId);
      // Either the widget passes on a changed reply, or a shell answers another request meanwhile.
      return this.#requests.offer(response, requestId) || callOwn();
    };
    return function (this: unknown, response, requestId) {
      return intercept(this, response, requestId);
    };
  }
}

/** Returns the function that is called when the interceptor is removed. */
function countInterceptor(widget: object): () => void {
  const known = interceptedWidgets.get(widget);
  const intercepted = known ?? { interceptors: 0, running: new Set() };
  if (!known) interceptedWidgets.set(widget, intercepted);
  intercepted.interceptors += 1;
  return () => {
    intercepted.interceptors -= 1;
    forgetIfUnused(widget, intercepted);
  };
}

/** While a reply is running, the widget may be attached again. */
function forgetIfUnused(widget: object, { interceptors, running }: Intercepted): void {
  if (interceptors === 0 && running.size === 0) interceptedWidgets.delete(widget);
}

/** Remembers that a widget handles a reply, if its reply functions are intercepted. */
function startReply(widget: object, response: unknown, requestId: string | number): RunningReply | undefined {
  const intercepted = interceptedWidgets.get(widget);
  if (!intercepted) return undefined;
  const running: RunningReply = {
    requestId: `${requestId}`,
    response,
    isAsync: false,
    end() {
      intercepted.running.delete(running);
      forgetIfUnused(widget, intercepted);
    },
  };
  intercepted.running.add(running);
  return running;
}

/** The newest reply with this id that a widget handles. */
function runningReplyOf(widget: unknown, requestId: unknown): RunningReply | undefined {
  const id = attempt(() => `${requestId}`); // from outside, an id may be anything
  return [...(interceptedWidgets.get(widget as object)?.running ?? [])]
    .reverse()
    .find((running) => running.requestId === id);
}

/** A reply function of the widget, or an interceptor of it; never the entry point of a delegate. */
function replyFunction(widget: Fields | undefined, name: string): ReplyFunction | undefined {
  const found = fieldOf(widget, name);
  return isFunction(found) && !isEntryPoint(found) ? (found as ReplyFunction) : undefined;
}

/** Whether an object may be the widget in another shape: a copy of it, or its prototype. */
function sharesReplyFunction(object: Fields, widget: Fields | undefined): boolean {
  const own = REPLY_FUNCTIONS.map((name) => fieldOf(widget, name)).filter(Boolean);
  return REPLY_FUNCTIONS.some((name) => own.includes(fieldOf(object, name)));
}

/** Whether an object has nothing of this name. A getter that throws counts as something. */
function isFree(object: Fields, name: string): boolean {
  return attempt(() => object[name] === undefined || object[name] === null) === true;
}

/** A widget may be a window of another origin, or have getters that throw. */
function fieldOf(object: Fields | undefined, name: string): unknown {
  return attempt(() => object?.[name]);
}

/** A function that returns the target would get the functions itself. */
function checkTarget(received: unknown): void {
  checkCall(!isFunction(received), 'attach', 'an object as target, not a function that returns it', received);
  checkObject(received, 'an object as target, which is loaded already');
}

function checkObject(received: unknown, expected: string): void {
  checkCall(isObject(received) || isFunction(received), 'attach', expected, received);
}
