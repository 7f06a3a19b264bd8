import type { BridgeEvents, ErrorCode } from '../index.ts';
import { createCalls } from './calls.ts';
import { errorLife } from './error-life.ts';
import type { ObservedBridge, TellLife } from './observed.ts';
import { plainName } from './plain-name.ts';

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

/**
 * Tells the life of a bridge, first of all what is pending, until it is disposed.
 *
 * @param ended Is called then.
 * @returns Ends it sooner.
 */
export function followBridge(bridge: ObservedBridge, tell: TellLife, ended: () => void): () => void {
  const { knew, began, lifeOf, refused, hasBegun } = createCalls();
  for (const { startedAt, ...pending } of bridge.getSnapshot().pending)
    tell('request', knew(pending), startedAt);
  const offs = [
    bridge.on('request', ({ request }) => tell('request', began(request))),
    bridge.on('attempt', ({ request, state, count, status, retryIn }) => {
      tell('attempt', { ...lifeOf(request), state, count, status, retryIn });
    }),
    bridge.on('reply', ({ request, duration }) => tell('reply', { ...lifeOf(request, true), duration })),
    bridge.on('failure', ({ request, error, duration }) => {
      // One that is pending since before may have its id.
      const isRefused = request && !hasBegun(request) && REFUSALS.includes(error.code);
      const life = request && (isRefused ? refused(request) : lifeOf(request, true));
      const { timeout, code, status } = errorLife(error);
      tell('failure', { ...life, code, duration, status, timeout });
    }),
    bridge.on('orphan', (orphan) => {
      const { reason } = orphan;
      if (reason === 'superseded') tell('orphan', { ...lifeOf(orphan.request, true), reason });
      else tell('orphan', { requestId: plainName(orphan.requestId), reason });
    }),
    ...MESSAGES.map((name) => bridge.on(name, () => tell('message', { name }))),
    bridge.on('widgetMessage', ({ name }) => tell('message', { name: plainName(name) })),
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
