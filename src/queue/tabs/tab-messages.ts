import * as z from 'zod/mini';
import { attempt } from '../../check.ts';
import { stringify } from '../../text/stringify.ts';
import { canBeAsked } from '../server/can-be-asked.ts';
import { isAction } from '../server/event-types.ts';
import { connectionSchema, queueEventSchema } from '../server/events.ts';
import { LAST_DATE } from '../server/server-clock.ts';
import { CHANNEL_KINDS } from '../state/connections.ts';
import type { SharedState } from '../state/journal.ts';
import { GAP_REASONS } from '../state/poller-events.ts';
import { statusText } from '../state/status-text.ts';
import type { Finding } from '../state/update.ts';

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

const MOST_EVENTS = 100_000;
const MOST_CONNECTIONS = 10_000;
const MOST_CHANNELS = 10_000;
/** Nothing that tabs tell of takes longer. In ms. */
const LONGEST = 1e12;

const askable = z.string().check(z.refine(canBeAsked));
const status = z.string().check(z.refine((said) => said === statusText(said)));
/** What tabs have looked up on a clock. In unix seconds. */
const date = z.number().check(z.minimum(-LAST_DATE), z.maximum(LAST_DATE));
/** When a connection was read, which may be never. */
const readAt = z.union([date, z.literal(-Infinity)]);

// What a server wrote may be of any length, and its dates any numbers: one name that is too long, and no tab would hear of the
// other connections.
const text = z.string();
const time = z.optional(z.number());

/** Its length is looked at first, and its items up to one that does not fit: to read all of what is wrong takes long. */
function listOf<Item extends z.ZodMiniType>(item: Item, most: number) {
  const read = z.transform((values: unknown[]) => values.map((value) => z.parse(item, value)));
  return z.pipe(z.array(z.unknown()).check(z.maxLength(most)), read);
}

/** What a server wrote came as JSON. A message between tabs may hold more: a map, or an object that leads back to itself. */
function fromServer<Schema extends z.ZodMiniType>(schema: Schema) {
  const written = z.transform((value: unknown): unknown => JSON.parse(stringify(value)));
  return z.pipe(z.pipe(z.unknown(), written), schema);
}

const finding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queueId: askable, isNew: z.boolean() }),
  z.object({ kind: z.literal('expired'), queueId: askable }),
  z.object({
    kind: z.literal('poll'),
    queueId: askable,
    events: listOf(fromServer(queueEventSchema), MOST_EVENTS),
    at: date,
    isSure: z.boolean(),
    duration: z.number().check(z.minimum(0), z.maximum(LONGEST)),
  }),
  z.object({ kind: z.literal('gap'), reason: z.enum(GAP_REASONS), since: date }),
  z.object({ kind: z.literal('track'), connectionId: askable }),
  z
    .object({
      kind: z.literal('reading'),
      connectionId: askable,
      connection: z.optional(fromServer(connectionSchema)),
      from: date,
      to: date,
    })
    .check(z.refine(({ connectionId, connection }) => !connection || connection.id === connectionId)),
  z.object({ kind: z.literal('reconciled'), connectionIds: listOf(askable, MOST_CONNECTIONS) }),
]);

// Each with its fields in the order in which they were made: tabs are to agree in all that can be seen.

const action = z.object({
  type: z.string().check(z.refine(isAction)),
  channelDefinitionId: text,
  since: z.number(),
});

const channelState = z.object({
  id: text,
  kind: z.optional(z.enum(CHANNEL_KINDS)),
  status,
  action: z.optional(action),
  expiresAt: time,
  lastSuccessAt: time,
  lastEndAt: time,
});

const channels = z.map(text, channelState).check(
  z.maxSize(MOST_CHANNELS),
  z.refine((all) => [...all].every(([key, channel]) => key === channel.id)),
);

const connectionState = z.object({
  id: askable,
  providerId: z.optional(text),
  name: z.optional(text),
  status,
  syncing: z.boolean(),
  channels,
  action: z.optional(action),
  updatedAt: z.number(),
});

const sharedConnection = z
  .object({
    id: askable,
    state: z.optional(connectionState),
    isDoubtful: z.boolean(),
    from: readAt,
    to: readAt,
  })
  .check(z.refine((known) => !known.state || known.state.id === known.id));

const state = z.object({
  queueId: z.optional(askable),
  isProven: z.boolean(),
  soundAt: date,
  lastEvent: z.optional(text),
  askedAgo: z.number().check(z.minimum(-LONGEST), z.maximum(LONGEST)),
  connections: listOf(sharedConnection, MOST_CONNECTIONS),
});

const tabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), finding }),
  z.object({ kind: z.enum(['ask', 'hello', 'ping']), isClose: z.boolean() }),
  z.object({ kind: z.literal('state'), state, isFirst: z.boolean() }),
  z.object({ kind: z.literal('bye') }),
  z.object({ kind: z.literal('pong'), isHidden: z.boolean() }),
]);

/**
 * What another tab said, if all of it fits; of fields that are not known, nothing is taken. Whatever runs on the page's origin
 * can speak on the channel: an older page, too, that is still open in another tab.
 */
export function readTabMessage(data: unknown): TabMessage | undefined {
  // zod throws where a script has added to Object.prototype, and a list at what does not fit.
  return attempt(() => z.safeParse(tabMessage, data).data) as TabMessage | undefined;
}
