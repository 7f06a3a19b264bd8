import type { BridgeEvents, ErrorCode, RequestAttempt } from '../index.ts';
import { createCalls } from './calls.ts';
import { errorLife } from './error-life.ts';
import type { ObservedBridge } from './observed.ts';
import { plainNumber, textOf } from './plain-name.ts';
import type { Telling } from './telling.ts';

const MESSAGES = [
  'navigateToPage',
  'widgetEvent',
  'widgetAction',
  'personeticsEvent',
  'callPersoneticsAPI',
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'registered',
  'handleError',
] as const satisfies readonly (keyof BridgeEvents)[];

/** Why a request never begins, and for no other reason. */
const REFUSALS: readonly ErrorCode[] = ['DUPLICATE_REQUEST', 'OVERLOADED', 'INVALID_CALL'];

const STEPS: readonly RequestAttempt['state'][] = ['token', 'sent', 'retry'];

/** More headers than these nobody looks through. */
const MOST_NAMES = 100;

/**
 * Tells the life of a bridge, first of all what is pending, until it is disposed.
 *
 * @param ended Is called then.
 * @returns Ends it sooner.
 */
export function followBridge(
  bridge: ObservedBridge,
  { tell, nameOf }: Telling,
  ended: () => void,
): () => void {
  const { knew, began, lifeOf, refused, hasBegun } = createCalls(nameOf);
  for (const { startedAt, ...pending } of bridge.getSnapshot().pending)
    tell('request', knew(pending), startedAt);
  const offs = [
    bridge.on('request', ({ request }) => tell('request', began(request))),
    bridge.on('attempt', ({ request, state, count, status, retryIn }) => {
      // A transport of the page's own may tell anything.
      if (!STEPS.includes(state)) return;
      const numbers = { status: plainNumber(status), retryIn: plainNumber(retryIn) };
      tell('attempt', { ...lifeOf(request), state, count: plainNumber(count) ?? 0, ...numbers });
    }),
    bridge.on('droppedHeaders', ({ request, names }) => {
      const some = Array.isArray(names) ? names.slice(0, MOST_NAMES) : [];
      tell('droppedHeaders', { ...lifeOf(request), names: some });
    }),
    bridge.on('reply', ({ request, duration }) => tell('reply', { ...lifeOf(request, true), duration })),
    bridge.on('failure', ({ request, error, duration }) => {
      // One that is pending since before may have its id.
      const isRefused = request && !hasBegun(request) && REFUSALS.includes(error.code);
      const life = request && (isRefused ? refused(request) : lifeOf(request, true));
      const { timeout, code, status } = errorLife(error);
      tell('failure', { ...life, code, duration: plainNumber(duration), status, timeout });
    }),
    bridge.on('orphan', (orphan) => {
      const { reason } = orphan;
      if (reason === 'superseded') tell('orphan', { ...lifeOf(orphan.request, true), reason });
      else tell('orphan', { requestId: textOf(orphan.requestId), reason });
    }),
    ...MESSAGES.map((name) => bridge.on(name, () => tell('message', { name }))),
    bridge.on('widgetMessage', ({ name }) => tell('message', { name })),
    bridge.subscribe(changed),
  ];
  let hasLeft = false;
  let isOver = false;
  let isToLook = false;
  function leave(): void {
    hasLeft = true;
    for (const off of offs) off();
  }
  /** Once for all that changes in one go: a snapshot lists all that is pending, and to have one made for each request would cost the square of that. */
  function changed(): void {
    if (isToLook) return;
    isToLook = true;
    Promise.resolve().then(look);
  }
  function look(): void {
    isToLook = false;
    if (isOver || hasLeft) return;
    const { disposed, pending } = bridge.getSnapshot();
    if (!disposed || pending.length > 0) return;
    isOver = true;
    // Two microtasks later, as the failures of what was pending come with the next at the latest.
    Promise.resolve()
      .then(() => {})
      .then(() => {
        if (hasLeft) return;
        tell('disposed', {});
        leave();
        ended();
      });
  }
  look();
  return leave;
}
