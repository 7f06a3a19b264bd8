import type { EventDelegate } from '../../src/index.ts';

/** The page's functions, so far as a widget may find them. */
type Functions = Partial<EventDelegate>;

/** Where a widget looks for the page's functions. */
export type Find = (
  widget: Functions,
  options: { readonly eventsDelegate?: Functions; readonly pDelegate?: Functions },
  window: { readonly EventDelegate?: new () => EventDelegate },
) => Functions | undefined;

/** A widget that has `initialize`, its reply functions, of which one calls the other, and one function more of its own. */
export class MinimalWidget {
  readonly answers: (readonly [response: unknown, requestId: unknown])[] = [];
  readonly #find: Find;
  readonly #window: Parameters<Find>[2];
  #delegate: Functions | undefined;

  constructor(find: Find, window: Parameters<Find>[2]) {
    this.#find = find;
    this.#window = window;
  }

  initialize(options: Parameters<Find>[1]): void {
    this.#delegate = this.#find(this as unknown as Functions, options, this.#window);
  }

  handlePServerResponse(response: unknown, requestId: unknown): void {
    this.handleServerResponse(response, requestId);
  }

  handleServerResponse(response: unknown, requestId: unknown): void {
    this.answers.push([response, requestId]);
  }

  callPersoneticsAPI(): string {
    return 'its own';
  }

  /** Calls one of the page's functions, if it is an own property of what was found. */
  ask(name: keyof EventDelegate, ...args: unknown[]): void {
    const delegate = this.#delegate;
    if (!delegate || !Object.hasOwn(delegate, name)) throw new Error(`There is no ${name}`);
    (delegate[name] as (...args: unknown[]) => void)(...args);
  }
}
