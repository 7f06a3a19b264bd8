/** One of the events that are remembered: the fields of its kind, and those that all have. */
export type RecentEvent<Events> = {
  [K in keyof Events]: {
    /** The name of the event. */
    readonly kind: K;
    /**
     * When it happened, in ms since the epoch, on a clock that ignores changes of the system's time. Subtract
     * `performance.timeOrigin` to compare it with `performance.now()`.
     */
    readonly at: number;
  } & Events[K];
}[keyof Events];

/** How many events are remembered. @internal */
export const MOST_EVENTS = 200;

/** The newest events, in order. Adding one takes the same time however many there were. */
export class RecentEvents<Event extends object> {
  readonly #events: Event[] = [];
  /** The number of the next event, and of the first one since `clear`. */
  #next = 0;
  #first = 0;

  add(event: Event): void {
    this.#events[this.#next % MOST_EVENTS] = event;
    this.#next += 1;
  }

  /** A new list, the oldest first. Its events are frozen, since all readers get the same. */
  list(): Event[] {
    const events: Event[] = [];
    for (let number = Math.max(this.#first, this.#next - MOST_EVENTS); number < this.#next; number += 1) {
      events.push(Object.freeze(this.#events[number % MOST_EVENTS] as Event));
    }
    return events;
  }

  clear(): void {
    this.#events.length = 0;
    this.#first = this.#next;
  }
}
