import type { LifeEvents } from '../../monitoring.ts';

/** A time in which what was known of a connection could be out of date. */
export interface DoubtSpan {
  readonly from: number;
  /** Undefined: it goes on. */
  readonly to: number | undefined;
}

const MAX_CONNECTIONS = 100;
const MAX_SPANS = 100;
/** A shorter doubt is not shown as text: most end with the next reading, in much less. In ms. */
const MIN_DURATION = 1_000;

/** When each connection was in doubt. */
export class Doubts {
  readonly #spans: Map<string, readonly DoubtSpan[]>;

  constructor(spans: Iterable<[string, readonly DoubtSpan[]]> = []) {
    this.#spans = new Map(spans);
  }

  /** The oldest first. */
  of(connectionId: string): readonly DoubtSpan[] {
    return this.#spans.get(connectionId) ?? [];
  }

  /** Since when a connection is in doubt. Undefined if it is not, or not for long. */
  since(connectionId: string, now: number): number | undefined {
    const last = this.of(connectionId).at(-1);
    return last && last.to === undefined && now - last.from >= MIN_DURATION ? last.from : undefined;
  }

  /** Since when each connection is in doubt that is so for long. */
  lasting(now: number): readonly number[] {
    const since = [...this.#spans.keys()].map((connectionId) => this.since(connectionId, now));
    return since.filter((from) => from !== undefined);
  }

  set(at: number, { connectionId, isDoubtful }: LifeEvents['queue.connection']): void {
    const spans = this.of(connectionId);
    const last = spans.at(-1);
    const open = last && last.to === undefined ? last : undefined;
    if (isDoubtful === (open !== undefined)) return;
    if (!last && this.#spans.size >= MAX_CONNECTIONS) return;
    const next = open
      ? [...spans.slice(0, -1), { ...open, to: at }]
      : [...spans, { from: at, to: undefined }];
    this.#spans.set(connectionId, next.slice(-MAX_SPANS));
  }

  copy(): Doubts {
    return new Doubts(this.#spans);
  }
}
