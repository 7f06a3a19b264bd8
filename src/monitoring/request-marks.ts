import type { RecentBridgeEvent, RecentPollerEvent } from '../index.ts';
import type { LifeEmitter, WithMarks } from './life-emitter.ts';
import type { RequestLife } from './life-event.ts';

type Marks = Pick<WithMarks<RequestLife>, 'requestId' | 'type'>;

const ENDS: readonly string[] = ['reply', 'failure', 'orphan'];

/** The marks of pending requests: creating a mark takes time, and events of a request that reuse one are emitted at once. */
export class RequestMarks {
  readonly #nameOf: LifeEmitter['nameOf'];
  readonly #byCall = new Map<number, Marks>();

  constructor(nameOf: LifeEmitter['nameOf']) {
    this.#nameOf = nameOf;
  }

  /** The marks of the request that an event is about. */
  of(event: RecentBridgeEvent | RecentPollerEvent): Marks | undefined {
    if (!('call' in event) || event.call === undefined || event.requestId === undefined) return undefined;
    const { call, kind, requestId, type } = event;
    const marks = this.#byCall.get(call) ?? {
      requestId: this.#nameOf(requestId),
      type: type === undefined ? undefined : this.#nameOf(type),
    };
    if (ENDS.includes(kind)) this.#byCall.delete(call);
    else this.#byCall.set(call, marks);
    return marks;
  }
}
