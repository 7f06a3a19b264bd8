import { attempt } from '../check.ts';
import { lifeNow } from './life-clock.ts';
import type { LifeEvent, LifeEvents } from './life-event.ts';
import { createMarks, Mark } from './marks.ts';
import { isName, textOf } from './plain-name.ts';

/** An event in which a mark may stand for a text. */
export type Untold<Event> = Event extends unknown ? { [Field in keyof Event]: Event[Field] | Mark } : never;

/** Tells events to a listener, and no text in them but names. */
export interface Telling {
  /**
   * Tells one event, now or when its marks are made, and never before one that came earlier. Each text in it that is no
   * name becomes a mark, whatever field it is in. @param at When it happened; default: now.
   */
  tell<K extends keyof LifeEvents>(kind: K, event: Untold<LifeEvents[K]>, at?: number): void;
  /** A text as it may be told. For one that is told more than once: it is marked once, and then told at once. */
  nameOf(text: string): string | Mark;
  /** Forgets what it knows of texts. What waits is still told. */
  forget(): void;
  /** Tells nothing any more, also not what waits. */
  end(): void;
}

export function createTelling(listener: (event: LifeEvent) => void): Telling {
  const marks = createMarks();
  let waiting = 0;
  let turn = Promise.resolve();
  let isOver = false;

  const nameOf = (text: string): string | Mark => (isName(text) ? text : marks.of(text));
  const plain = (value: unknown): unknown => {
    if (value === undefined || value === null) return undefined;
    return typeof value === 'number' || value instanceof Mark ? value : nameOf(textOf(value));
  };

  function hand(event: object): void {
    if (isOver) return;
    try {
      listener(withMarks(event) as LifeEvent);
    } catch (error) {
      attempt(() => (globalThis.reportError ?? console.error)(error));
    }
  }

  return {
    tell(kind, event, at = lifeNow()) {
      if (isOver) return;
      const told = changeFields({ kind, at, ...event }, plain);
      const unmade = marksIn(told).filter((mark) => mark.text === undefined);
      if (waiting === 0 && unmade.length === 0) {
        hand(told);
        return;
      }
      waiting += 1;
      turn = Promise.all([turn, ...unmade.map(({ made }) => made)]).then(() => {
        waiting -= 1;
        hand(told);
      });
    },
    nameOf,
    forget: marks.forget,
    end() {
      isOver = true;
      marks.forget();
    },
  };
}

function marksIn(event: object): Mark[] {
  return Object.values(event)
    .flat()
    .filter((value) => value instanceof Mark);
}

function withMarks(event: object): object {
  return changeFields(event, (value) => (value instanceof Mark ? value.text : value));
}

/** Changes each value, also those of the one list that there is. */
function changeFields(event: object, change: (value: unknown) => unknown): object {
  const fields = Object.entries(event).map(([field, value]) => {
    return [field, field === 'names' ? (value as unknown[]).map(change) : change(value)];
  });
  return Object.fromEntries(fields);
}
