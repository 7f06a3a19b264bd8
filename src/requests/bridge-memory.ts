import { errorFields } from '../memory/error-fields.ts';
import { eventTime } from '../memory/event-time.ts';
import { hostOf, idOf, nameOf, optionalName, optionalNumber } from '../memory/plain-fields.ts';
import { RecentEvents } from '../memory/recent-events.ts';
import type { RequestAttempt, WidgetRequest } from '../transport/transport.ts';
import type { BridgeEvents } from './events.ts';
import type { RecentBridgeEvent, RecentRequest } from './recent-bridge-events.ts';

type Start = Extract<RecentBridgeEvent, { kind: 'request' }>;

const STATES: readonly RequestAttempt['state'][] = ['token', 'sent', 'retry'];
const MOST_NAMES = 100;

/**
 * Makes plain data of the events of a bridge, and remembers the newest. Nothing in it refers to a body, a reply or an error. The
 * fields are written one by one: in engines, copying an object by `...` costs as much as the rest of a request.
 */
export class BridgeMemory {
  readonly #recent = new RecentEvents<RecentBridgeEvent>();
  /** The starts of the requests without an end, by identity, since several may have one id. */
  readonly #open = new Map<WidgetRequest, Start>();
  #calls = 0;
  #isClosed = false;

  /** Returns the event as plain data, or `undefined` for one that is not remembered. */
  add(type: keyof BridgeEvents, event: unknown): RecentBridgeEvent | undefined {
    const plain = this.#plainOf(type, event);
    if (plain && !this.#isClosed) this.#recent.add(plain);
    return plain;
  }

  /** The newest events, after the starts of pending requests that are older. */
  list(): RecentBridgeEvent[] {
    if (this.#isClosed) return [];
    const newest = this.#recent.list();
    const starts = new Set<object>(newest);
    const older = [...this.#open.values()].filter((start) => !starts.has(start));
    return [...older.map((start) => Object.freeze(start)), ...newest];
  }

  /** Forgets all events, and remembers no later ones. */
  close(): void {
    this.#isClosed = true;
    this.#recent.clear();
  }

  #plainOf(type: keyof BridgeEvents, event: unknown): RecentBridgeEvent | undefined {
    switch (type) {
      case 'request':
        return this.#begin((event as BridgeEvents['request']).request);
      case 'attempt':
        return this.#attempt(event as BridgeEvents['attempt']);
      case 'droppedHeaders':
        return this.#droppedHeaders(event as BridgeEvents['droppedHeaders']);
      case 'reply':
        return this.#reply(event as BridgeEvents['reply']);
      case 'failure':
        return this.#failure(event as BridgeEvents['failure']);
      case 'orphan':
        return this.#orphan(event as BridgeEvents['orphan']);
      case 'insecurePage': {
        const { origin } = event as BridgeEvents['insecurePage'];
        return { kind: type, at: eventTime(), host: hostOf(origin) };
      }
      case 'widgetMessage': {
        const { name } = event as BridgeEvents['widgetMessage'];
        return { kind: 'message', at: eventTime(), name: nameOf(name) };
      }
      default:
        return { kind: 'message', at: eventTime(), name: type };
    }
  }

  /** Numbers a request that starts. */
  #start({ requestId, server, type }: WidgetRequest): Start {
    this.#calls += 1;
    const at = eventTime();
    const call = this.#calls;
    return { kind: 'request', at, call, requestId: idOf(requestId), server, type: optionalName(type) };
  }

  #begin(request: WidgetRequest): Start {
    const start = this.#start(request);
    this.#open.set(request, start);
    return start;
  }

  #attempt(attempt: BridgeEvents['attempt']): RecentBridgeEvent | undefined {
    const { request, state } = attempt;
    if (!STATES.includes(state)) return undefined;
    const { call, requestId, server, type } = this.#of(request);
    const count = optionalNumber(attempt.count) ?? 0;
    const status = optionalNumber(attempt.status);
    const retryIn = optionalNumber(attempt.retryIn);
    return { kind: 'attempt', at: eventTime(), call, requestId, server, type, state, count, status, retryIn };
  }

  #droppedHeaders({ request, names }: BridgeEvents['droppedHeaders']): RecentBridgeEvent {
    const { call, requestId, server, type } = this.#of(request);
    const first = Array.isArray(names) ? names.slice(0, MOST_NAMES).map(nameOf) : [];
    Object.freeze(first);
    return { kind: 'droppedHeaders', at: eventTime(), call, requestId, server, type, names: first };
  }

  #reply({ request, duration }: BridgeEvents['reply']): RecentBridgeEvent {
    const { call, requestId, server, type } = this.#end(request);
    return { kind: 'reply', at: eventTime(), call, requestId, server, type, duration };
  }

  #failure({ request, error, duration: ms }: BridgeEvents['failure']): RecentBridgeEvent {
    const life = request && this.#end(request);
    const { code, status, timeout } = errorFields(error);
    const at = eventTime();
    if (!life) return { kind: 'failure', at, code, duration: undefined, status, timeout };
    const { call, requestId, server, type } = life;
    const duration = optionalNumber(ms);
    return { kind: 'failure', at, call, requestId, server, type, code, duration, status, timeout };
  }

  #orphan(orphan: BridgeEvents['orphan']): RecentBridgeEvent {
    const { reason } = orphan;
    if (reason !== 'superseded')
      return { kind: 'orphan', at: eventTime(), requestId: idOf(orphan.requestId), reason };
    const { call, requestId, server, type } = this.#end(orphan.request);
    return { kind: 'orphan', at: eventTime(), call, requestId, server, type, reason };
  }

  /** A request that goes on. One that was refused has not started, and gets its number with its end. */
  #of(request: WidgetRequest): RecentRequest {
    return this.#open.get(request) ?? this.#start(request);
  }

  #end(request: WidgetRequest): RecentRequest {
    const start = this.#open.get(request);
    this.#open.delete(request); // before anything that may throw, so that no start is kept for ever
    return start ?? this.#start(request);
  }
}
