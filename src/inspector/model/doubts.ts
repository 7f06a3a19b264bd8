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
  /** By connection. The one whose doubt last began or ended is last. */
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
    const from = this.#openOf(connectionId)?.from;
    return from !== undefined && now - from >= MIN_DURATION ? from : undefined;
  }

  /** Since when each connection is in doubt that is so for long. */
  lasting(now: number): readonly number[] {
    const since = [...this.#spans.keys()].map((connectionId) => this.since(connectionId, now));
    return since.filter((from) => from !== undefined);
  }

  set(
    at: number,
    { connectionId, isDoubtful }: Pick<LifeEvents['queue.connection'], 'connectionId' | 'isDoubtful'>,
  ): void {
    const spans = this.of(connectionId);
    const open = this.#openOf(connectionId);
    if (isDoubtful === (open !== undefined) || !this.#makeRoomFor(connectionId)) return;
    const next = open
      ? [...spans.slice(0, -1), { ...open, to: at }]
      : [...spans, { from: at, to: undefined }];
    this.#spans.delete(connectionId);
    this.#spans.set(connectionId, next.slice(-MAX_SPANS));
  }

  /** From this time on, no connection is in doubt. */
  end(at: number): void {
    for (const connectionId of [...this.#spans.keys()]) this.set(at, { connectionId, isDoubtful: false });
  }

  copy(): Doubts {
    return new Doubts(this.#spans);
  }

  #openOf(connectionId: string): DoubtSpan | undefined {
    const last = this.of(connectionId).at(-1);
    return last && last.to === undefined ? last : undefined;
  }

  /** Forgets the connection whose doubt ended first. Returns false if all are in doubt. */
  #makeRoomFor(connectionId: string): boolean {
    if (this.#spans.has(connectionId) || this.#spans.size < MAX_CONNECTIONS) return true;
    const ended = [...this.#spans.keys()].find((id) => !this.#openOf(id));
    return ended !== undefined && this.#spans.delete(ended);
  }
}
