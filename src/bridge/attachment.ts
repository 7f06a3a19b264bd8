import { callSafely } from '../emitter.ts';
import { describe, invalidCall } from '../errors.ts';
import type { EventDelegate } from './delegate.ts';

/** The vendor's widget: the object that is answered. Newer ones have `handleServerResponse` as well. */
export interface Widget {
  handlePServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
  handleServerResponse?: ((response: never, requestId: never) => unknown) | undefined;
}

type ReplyFunction = (response: unknown, requestId: string | number) => unknown;
type Functions = Record<string, unknown>;

interface Replacement {
  readonly object: object;
  readonly name: string;
  readonly descriptor: PropertyDescriptor | undefined;
  readonly original: unknown;
  readonly installed: unknown;
}

const REPLY_FUNCTIONS = ['handlePServerResponse', 'handleServerResponse'] as const;

/** One widget that is wired to a bridge: whom to answer, and what was put in place of what. */
export class Attachment {
  readonly #getWidget: () => Widget | undefined;
  readonly #door: unknown;
  readonly #replacements: Replacement[] = [];

  /** @throws INVALID_CALL when there is nothing to put the delegate's functions on. */
  constructor(
    widget: Widget | (() => Widget | undefined),
    target: object | undefined,
    delegate: EventDelegate,
    standsBefore: boolean,
  ) {
    this.#getWidget = typeof widget === 'function' ? widget : () => widget;
    this.#door = delegate.handlePServerResponse;
    const receiver = target ?? this.#widget;
    if (!isObject(receiver)) {
      throw invalidCall(
        'attach(widget, target)',
        'a target object while the widget is not loaded',
        describe(receiver),
      );
    }
    try {
      for (const [name, installed] of Object.entries(delegate)) {
        if (installed !== this.#door || this.#mayHoldDoor(receiver)) this.#replace(receiver, name, installed);
      }
      if (standsBefore) this.standBefore();
    } catch (error) {
      this.restore();
      throw error;
    }
  }

  /** Puts the door before the widget's own reply functions, as soon as the widget is there. For shells that call those. */
  standBefore(): void {
    const widget = this.#widget;
    if (!widget) return;
    for (const name of REPLY_FUNCTIONS) {
      if (typeof widget[name] === 'function' && widget[name] !== this.#door)
        this.#replace(widget, name, this.#door);
    }
  }

  /** Answers through the widget's own reply function. False if there is none. */
  answer(response: unknown, requestId: string | number): boolean {
    const widget = this.#widget;
    const own = widget && REPLY_FUNCTIONS.map((name) => this.#own(widget, name)).find(Boolean);
    if (own) callSafely(() => own.call(widget, response, requestId));
    return own !== undefined;
  }

  /** Puts back what was replaced, unless somebody else has replaced it since. */
  restore(): void {
    for (const { object, name, descriptor, installed } of this.#replacements.splice(0).reverse()) {
      if ((object as Functions)[name] !== installed) continue;
      if (descriptor) Object.defineProperty(object, name, descriptor);
      else delete (object as Functions)[name];
    }
  }

  get #widget(): Widget | undefined {
    try {
      const widget = this.#getWidget();
      return isObject(widget) ? widget : undefined;
    } catch {
      return undefined; // a getter that reads what is not there yet
    }
  }

  /** The widget's own reply function, looked up anew each time: widgets that load in parts replace it. */
  #own(widget: Widget, name: (typeof REPLY_FUNCTIONS)[number]): ReplyFunction | undefined {
    const current: unknown = widget[name];
    const own =
      current === this.#door
        ? this.#replacements.find((each) => each.object === widget && each.name === name)?.original
        : current;
    return typeof own === 'function' ? (own as ReplyFunction) : undefined;
  }

  /** Not over the widget's own reply function, nor over one that may well be it. */
  #mayHoldDoor(receiver: object): boolean {
    const widget = this.#widget;
    if (receiver === widget) return false;
    const current = (receiver as Widget).handlePServerResponse;
    return (
      typeof current !== 'function' ||
      (widget !== undefined && REPLY_FUNCTIONS.every((name) => widget[name] !== current))
    );
  }

  #replace(object: object, name: string, installed: unknown): void {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    const original = (object as Functions)[name];
    const property = { value: installed, configurable: true, enumerable: true, writable: true };
    if (!Reflect.defineProperty(object, name, property)) {
      throw invalidCall(
        'attach(widget, target)',
        `a target whose ${name} can be set`,
        'a frozen or sealed one',
      );
    }
    this.#replacements.push({ object, name, descriptor, original, installed });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
