import { callSafely } from '../emitter.ts';
import { describe, invalidCall } from '../errors.ts';
import type { EventDelegate } from './delegate.ts';

/** The vendor's widget: the object that is answered. Newer ones have `handleServerResponse` as well. */
export interface Widget {
  handlePServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
  handleServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
}

type Fields = Record<string, unknown>;

const REPLY_FUNCTIONS = ['handlePServerResponse', 'handleServerResponse'] as const;

/** One widget that is wired to a bridge: whom to answer, and what was put in place of what. */
export class Attachment {
  readonly #getWidget: () => Widget | undefined;
  readonly #door: unknown;
  /** The widget's own reply functions that the door stands before. */
  readonly #own = new Map<string, unknown>();
  readonly #undo: (() => void)[] = [];

  /** @throws INVALID_CALL when there is nothing to put the delegate's functions on. */
  constructor(
    getWidget: () => Widget | undefined,
    target: object | undefined,
    delegate: EventDelegate,
    standsBefore: boolean,
  ) {
    this.#getWidget = getWidget;
    this.#door = delegate.handlePServerResponse;
    const receiver = (target ?? this.#widget) as Fields;
    if (typeof receiver !== 'object') {
      throw invalidCall(
        'attach(widget, target)',
        'a target, as the widget is not loaded',
        describe(receiver),
      );
    }
    try {
      for (const [name, value] of Object.entries(delegate)) {
        if (value !== this.#door || this.#mayHoldDoor(receiver)) this.#replace(receiver, name, value);
      }
      if (standsBefore) this.standBefore();
    } catch (error) {
      this.restore();
      throw error;
    }
  }

  /** Puts the door before the widget's own reply functions, once the widget is there: for shells that call those. */
  standBefore(): void {
    const widget = this.#widget;
    for (const name of REPLY_FUNCTIONS) {
      const own = widget?.[name];
      if (!widget || !own || own === this.#door) continue;
      this.#own.set(name, own);
      this.#replace(widget, name, this.#door);
    }
  }

  /** Answers through the widget's own reply function, looked up anew each time: widgets that load in parts replace it. False if there is none. */
  answer(response: unknown, requestId: string | number): boolean {
    const widget = this.#widget;
    for (const name of REPLY_FUNCTIONS) {
      const current = widget?.[name];
      const own = current === this.#door ? this.#own.get(name) : current;
      if (typeof own !== 'function') continue;
      callSafely(() => own.call(widget, response, requestId));
      return true;
    }
    return false;
  }

  /** Puts back what was replaced. */
  restore(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  get #widget(): (Widget & Fields) | undefined {
    try {
      return (this.#getWidget() as Widget & Fields) ?? undefined;
    } catch {
      return undefined; // a getter that reads what is not there yet
    }
  }

  /** Not over the widget's own reply function, nor over one that may well be it. */
  #mayHoldDoor(receiver: Widget): boolean {
    const widget = this.#widget;
    const current = receiver.handlePServerResponse;
    return (
      receiver !== widget &&
      (!current || (widget !== undefined && REPLY_FUNCTIONS.every((name) => widget[name] !== current)))
    );
  }

  #replace(object: Fields, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(object, name);
    if (
      !Reflect.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true })
    ) {
      throw invalidCall('attach(widget, target)', `a target whose ${name} can be set`, 'a frozen one');
    }
    this.#undo.push(() => {
      if (object[name] !== value) return; // somebody else has replaced it since
      if (before) Object.defineProperty(object, name, before);
      else delete object[name];
    });
  }
}
