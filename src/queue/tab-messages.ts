import { canBeAsked, readConnection, readEvent } from './events.ts';
import type { Finding } from './finding.ts';
import type { SharedState } from './journal.ts';

/** What tabs say to each other. */
export type TabMessage =
  | { readonly kind: 'finding'; readonly finding: Finding }
  /**
   * A tab asks the one that polls to do so now; one that has come, or come back, and knows nothing yet greets
   * it; or asks whether it can still be reached. `isClose`: something is expected there, and so by all.
   */
  | { readonly kind: 'ask' | 'hello' | 'ping'; readonly isClose: boolean }
  /** What those who have greeted are told; `isFirst`: by one that polls from now on. */
  | { readonly kind: 'state'; readonly state: SharedState; readonly isFirst: boolean }
  /** The tab that polled has left in order: nothing is lost. */
  | { readonly kind: 'bye' }
  /** It can be reached. */
  | { readonly kind: 'pong'; readonly isHidden: boolean };

type Guard = (value: unknown) => boolean;
/** The fields of an object, and what each of them must be. */
type Form = { readonly [name: string]: Guard };

const isText = typed('string');
const isFlag = typed('boolean');
/** A date may be an infinite one: never. */
const isNumber: Guard = (value) => typeof value === 'number' && !Number.isNaN(value);
/** As the server wrote them, and a tab has read them: nothing is left to mend. */
const isEvent: Guard = (value) => !!value && readEvent(value) === value;
const isConnection: Guard = (value) => !!value && readConnection(value) === value;

const isChannelState = formed({ id: isText, status: isText });
const isConnectionState = formed({
  id: isText,
  status: isText,
  syncing: isFlag,
  updatedAt: isNumber,
  channels: (value) => value instanceof Map && [...value.values()].every(isChannelState),
});

const isFinding = oneOf({
  queue: formed({ queueId: canBeAsked, isNew: isFlag }),
  expired: formed({ queueId: isText }),
  poll: formed({
    queueId: isText,
    events: listOf(isEvent),
    at: isNumber,
    isSure: isFlag,
    duration: isNumber,
  }),
  gap: formed({ reason: isText, since: isNumber }),
  track: formed({ connectionId: canBeAsked }),
  reading: formed({
    connectionId: canBeAsked,
    connection: optional(isConnection),
    from: isNumber,
    to: isNumber,
  }),
  reconciled: formed({ connectionIds: listOf(isText) }),
});

const isState = formed({
  queueId: optional(canBeAsked),
  isProven: isFlag,
  soundAt: isNumber,
  lastEvent: optional(isText),
  askedAgo: isNumber,
  connections: listOf(
    formed({
      id: canBeAsked,
      state: optional(isConnectionState),
      isDoubtful: isFlag,
      from: isNumber,
      to: isNumber,
    }),
  ),
});

const asks = formed({ isClose: isFlag });

/**
 * Whether another tab said something that this one understands. Whatever runs on the page's origin can speak on the
 * channel: an older page, too, that is still open in another tab.
 */
export const isTabMessage: (data: unknown) => data is TabMessage = oneOf({
  finding: formed({ finding: isFinding }),
  ask: asks,
  hello: asks,
  ping: asks,
  state: formed({ state: isState, isFirst: isFlag }),
  bye: () => true,
  pong: formed({ isHidden: isFlag }),
}) as (data: unknown) => data is TabMessage;

function typed(type: 'string' | 'boolean'): Guard {
  return (value) => typeof value === type;
}

function optional(guard: Guard): Guard {
  return (value) => value === undefined || guard(value);
}

function listOf(guard: Guard): Guard {
  return (value) => Array.isArray(value) && value.every(guard);
}

function formed(form: Form): Guard {
  return (value) => {
    const fields = Object(value);
    return Object.keys(form).every((name) => form[name]?.(fields[name]));
  };
}

/** By the field `kind`. */
function oneOf(kinds: Form): Guard {
  const guards = new Map(Object.entries(kinds));
  return (value) => !!guards.get(Object(value).kind)?.(value);
}
