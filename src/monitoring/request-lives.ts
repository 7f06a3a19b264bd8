import type { WidgetRequest } from '../index.ts';
import type { LifeEmitter, WithMarks } from './life-emitter.ts';
import type { RequestLife } from './life-event.ts';
import { optionalText, textOf } from './plain-data.ts';

type Life = WithMarks<RequestLife>;

/** Numbers requests by their identity, because several pending requests may share one id. */
export class RequestLives {
  readonly #nameOf: LifeEmitter['nameOf'];
  #count = 0;
  /** Kept, because creating a mark takes time: later events of a request reuse its mark, and are emitted at once. */
  readonly #known = new WeakMap<WidgetRequest, Life>();
  /** Requests of the first snapshot, which have an id but no identity. Per id, the oldest first. */
  readonly #fromSnapshot = new Map<string, Life[]>();

  constructor(nameOf: LifeEmitter['nameOf']) {
    this.#nameOf = nameOf;
  }

  /** A request that was pending when the observation started. */
  addPending(pending: Pick<WidgetRequest, 'requestId' | 'server' | 'type'>): Life {
    const life = this.create(pending);
    const id = textOf(pending.requestId);
    this.#fromSnapshot.set(id, [...(this.#fromSnapshot.get(id) ?? []), life]);
    return life;
  }

  /** A request that starts. */
  add(request: WidgetRequest): Life {
    const life = this.create(request);
    this.#known.set(request, life);
    return life;
  }

  /** A request that was refused, and so never started. */
  create({ requestId, server, type }: Pick<WidgetRequest, 'requestId' | 'server' | 'type'>): Life {
    this.#count += 1;
    const name = optionalText(type);
    return {
      call: this.#count,
      requestId: this.#nameOf(textOf(requestId)),
      server,
      type: name === undefined ? undefined : this.#nameOf(name),
    };
  }

  /** A request that goes on. */
  get(request: WidgetRequest): Life {
    const life = this.getLast(request);
    this.#known.set(request, life);
    return life;
  }

  /** A request that has ended. */
  getLast(request: WidgetRequest): Life {
    return this.#known.get(request) ?? this.#takeFromSnapshot(request) ?? this.create(request);
  }

  has(request: WidgetRequest): boolean {
    return this.#known.has(request);
  }

  #takeFromSnapshot({ requestId, server, type }: WidgetRequest): Life | undefined {
    const id = textOf(requestId);
    const lives = this.#fromSnapshot.get(id);
    const life = lives?.shift();
    if (lives?.length === 0) this.#fromSnapshot.delete(id);
    return life && { ...life, server, type: optionalText(type) };
  }
}
