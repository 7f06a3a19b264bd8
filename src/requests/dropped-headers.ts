import type { Emitter } from '../emitter.ts';
import { shortText } from '../text/printable.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import type { InnerEvents } from './events.ts';

/** At most so many names are reported. Widgets have a few. */
const MOST_NAMES = 100;
const LONGEST_NAME = 64;

/** Reports which of the widget's headers were left out: each name once, since shipped widgets repeat them in each request. */
export class DroppedHeaders {
  readonly #emit: Emitter<InnerEvents>['emit'];
  readonly #reported = new Set<string>();

  constructor(emit: Emitter<InnerEvents>['emit']) {
    this.#emit = emit;
  }

  report(request: WidgetRequest, dropped: readonly string[]): void {
    // A transport of the page may pass anything.
    const read = Array.isArray(dropped) ? dropped.filter((name) => typeof name === 'string') : [];
    const names = read.map((name) => shortText(name, LONGEST_NAME)).filter((name) => this.#isNew(name));
    if (names.length > 0) this.#emit('droppedHeaders', { request, names });
  }

  clear(): void {
    this.#reported.clear();
  }

  #isNew(name: string): boolean {
    const { size } = this.#reported;
    return size < MOST_NAMES && this.#reported.add(name.toLowerCase()).size > size;
  }
}
