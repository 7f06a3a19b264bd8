import type { ErrorCode, RequestAttempt, WidgetBridge } from '../index.ts';
import { NOTICES } from '../transport/transport.ts';
import type { LifeEmitter } from './life-emitter.ts';
import { errorLife, optionalNumber, textOf } from './plain-data.ts';
import { RequestLives } from './request-lives.ts';

/** The members of a bridge that an observation uses. */
export type ObservedBridge = Pick<WidgetBridge, 'on' | 'subscribe' | 'getSnapshot' | 'queue'>;

const NOTICE_EVENTS = NOTICES.map((name) => (name === 'handleWidgetAction' ? 'widgetAction' : name));

/** The errors of a request that never starts. */
const REFUSALS: readonly ErrorCode[] = ['DUPLICATE_REQUEST', 'OVERLOADED', 'INVALID_CALL'];

const STATES: readonly RequestAttempt['state'][] = ['token', 'sent', 'retry'];

const MAX_HEADER_NAMES = 100;

/**
 * Emits the pending requests of a bridge, then its events until it is disposed.
 *
 * @param disposed Called after the bridge is disposed.
 * @returns Stops earlier.
 */
export function followBridge(bridge: ObservedBridge, emitter: LifeEmitter, disposed: () => void): () => void {
  const lives = new RequestLives(emitter.nameOf);
  for (const { startedAt, ...pending } of bridge.getSnapshot().pending) {
    emitter.emit('request', lives.addPending(pending), startedAt);
  }
  const unsubscribes = [
    ...followRequests(bridge, emitter, lives),
    ...NOTICE_EVENTS.map((name) => bridge.on(name, () => emitter.emit('message', { name }))),
    bridge.on('widgetMessage', ({ name }) => emitter.emit('message', { name })),
    onDisposed(bridge, () => {
      emitter.emit('disposed', {});
      stop();
      disposed();
    }),
  ];
  function stop(): void {
    for (const unsubscribe of unsubscribes) unsubscribe();
  }
  return stop;
}

function followRequests(bridge: ObservedBridge, emitter: LifeEmitter, lives: RequestLives): (() => void)[] {
  return [
    bridge.on('request', ({ request }) => emitter.emit('request', lives.add(request))),
    bridge.on('attempt', ({ request, state, count, status, retryIn }) => {
      // The page's own transport may report anything.
      if (!STATES.includes(state)) return;
      emitter.emit('attempt', {
        ...lives.get(request),
        state,
        count: optionalNumber(count) ?? 0,
        status: optionalNumber(status),
        retryIn: optionalNumber(retryIn),
      });
    }),
    bridge.on('droppedHeaders', ({ request, names }) => {
      const first = Array.isArray(names) ? names.slice(0, MAX_HEADER_NAMES) : [];
      emitter.emit('droppedHeaders', { ...lives.get(request), names: first });
    }),
    bridge.on('reply', ({ request, duration }) => {
      emitter.emit('reply', { ...lives.getLast(request), duration });
    }),
    bridge.on('failure', ({ request, error, duration }) => {
      // A refused request is not looked up: a request of the first snapshot may have its id.
      const isRefused = request && !lives.has(request) && REFUSALS.includes(error.code);
      const life = request && (isRefused ? lives.create(request) : lives.getLast(request));
      const { timeout, code, status } = errorLife(error);
      emitter.emit('failure', { ...life, code, duration: optionalNumber(duration), status, timeout });
    }),
    bridge.on('orphan', (orphan) => {
      const { reason } = orphan;
      if (reason === 'superseded') emitter.emit('orphan', { ...lives.getLast(orphan.request), reason });
      else emitter.emit('orphan', { requestId: textOf(orphan.requestId), reason });
    }),
  ];
}

/**
 * Calls back once the bridge is disposed and nothing is pending. The snapshot is read once per turn, however much changes in
 * it: the bridge would build a new list of all pending requests for each change.
 */
function onDisposed(bridge: ObservedBridge, callback: () => void): () => void {
  let isCheckPlanned = false;
  let isDisposed = false;
  let isStopped = false;
  function check(): void {
    isCheckPlanned = false;
    if (isDisposed || isStopped) return;
    const { disposed, pending } = bridge.getSnapshot();
    if (!disposed || pending.length > 0) return;
    isDisposed = true;
    // The failures of the pending requests arrive in the next microtask. Two microtasks later, all are emitted.
    Promise.resolve()
      .then(() => {})
      .then(() => {
        if (!isStopped) callback();
      });
  }
  const unsubscribe = bridge.subscribe(() => {
    if (isCheckPlanned) return;
    isCheckPlanned = true;
    Promise.resolve().then(check);
  });
  check();
  return () => {
    isStopped = true;
    unsubscribe();
  };
}
