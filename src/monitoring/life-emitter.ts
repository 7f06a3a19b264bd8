import { eventTime } from '../memory/event-time.ts';
import { idOf } from '../memory/plain-fields.ts';
import { isName } from './is-name.ts';
import type { LifeEvent, LifeEvents } from './life-event.ts';
import { Mark, Marks } from './marks.ts';

/** An event in which a mark may replace a string. */
export type WithMarks<Event> = Event extends unknown
  ? { [Field in keyof Event]: Event[Field] | Mark }
  : never;

/** Emits events in order to one listener. Any string in them that is not a name is replaced by a mark. */
export class LifeEmitter {
  readonly #listener: (event: LifeEvent) => void;
  readonly #marks = new Marks();
  /** How many events wait for marks, of their own or of earlier events. */
  #waiting = 0;
  #queue = Promise.resolve();
  #isStopped = false;

  constructor(listener: (event: LifeEvent) => void) {
    this.#listener = listener;
  }

  /** @param at When it happened. Default: now. */
  emit<K extends keyof LifeEvents>(kind: K, event: WithMarks<LifeEvents[K]>, at: number = eventTime()): void {
    if (this.#isStopped) return;
    const marked = mapFields({ kind, at, ...event }, (value) => this.#toPlain(value));
    const unfinished = marksIn(marked).filter((mark) => mark.text === undefined);
    if (this.#waiting === 0 && unfinished.length === 0) {
      this.#call(marked);
      return;
    }
    this.#waiting += 1;
    this.#queue = Promise.all([this.#queue, ...unfinished.map(({ finished }) => finished)]).then(() => {
      this.#waiting -= 1;
      this.#call(marked);
    });
  }

  /** The string, or its mark. A string in several events is marked once, so that only the first event waits. */
  readonly nameOf = (text: string): string | Mark => (isName(text) ? text : this.#marks.of(text));

  /** Forgets the strings. Events that wait for marks are still emitted. */
  forget(): void {
    this.#marks.forget();
  }

  /** Emits nothing more, not even the events that wait for marks. */
  stop(): void {
    this.#isStopped = true;
    this.#marks.forget();
  }

  #toPlain(value: unknown): unknown {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Mark) return value;
    return this.nameOf(idOf(value));
  }

  #call(marked: object): void {
    if (this.#isStopped) return;
    const event = mapFields(marked, (value) => (value instanceof Mark ? value.text : value));
    try {
      this.#listener(event as LifeEvent);
    } catch (error) {
      report(error);
    }
  }
}

function report(error: unknown): void {
  try {
    (globalThis.reportError ?? console.error)(error);
  } catch {
    // A listener or a broken `reportError` must not stop the bridge.
  }
}

function marksIn(event: object): Mark[] {
  return Object.values(event)
    .flat()
    .filter((value) => value instanceof Mark);
}

/** Maps each value. The field `names` is the only list: each of its values is mapped. */
function mapFields(event: object, map: (value: unknown) => unknown): object {
  const fields = Object.entries(event).map(([field, value]) => {
    return [field, field === 'names' ? (value as unknown[]).map(map) : map(value)];
  });
  return Object.fromEntries(fields);
}
