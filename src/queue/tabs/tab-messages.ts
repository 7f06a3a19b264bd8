import * as z from 'zod/mini';
import { attempt } from '../../check.ts';
import { BanksideError, type ErrorCode } from '../../errors.ts';
import { shortText } from '../../text/printable.ts';
import { stringify } from '../../text/stringify.ts';
import { isAddressableId } from '../server/addressable-id.ts';
import { isAction } from '../server/event-types.ts';
import { connectionSchema, queueEventSchema } from '../server/events.ts';
import { LAST_DATE } from '../server/server-clock.ts';
import { CHANNEL_KINDS } from '../state/connection-state.ts';
import { statusText } from '../state/connections.ts';
import { GAP_REASONS } from '../state/poller-terms.ts';
import type { FailedPoll, SharedState, Update } from '../state/update.ts';
import type { ReadNote } from './reads-under-way.ts';

/** The messages between the tabs of a user. */
export type TabMessage =
  | { readonly kind: 'update'; readonly update: Update }
  /**
   * `ask`: the polling tab is to poll now. `wake`: that too, and it forgets its failures, as the sender is used again. `hello`: a
   * tab has joined, or is back, and needs the state. `ping`: whether the polling tab still answers. `isClose`: the sender
   * follows something closely, and so must the polling tab.
   */
  | { readonly kind: 'ask' | 'wake' | 'hello' | 'ping'; readonly isClose: boolean }
  /**
   * The answer to `hello`. `isFirst`: sent without a `hello`, as the sender has just begun to poll. `readers`: the tabs whose reads
   * of the queue have not ended.
   */
  | {
      readonly kind: 'state';
      readonly state: SharedState;
      readonly isFirst: boolean;
      readonly readers: readonly string[];
    }
  /**
   * A read of the queue has begun or ended. A tab that goes away in between has lost events. An end is sent for a lost read too,
   * once the loss is reported.
   */
  | ({ readonly kind: 'read' } & ReadNote)
  /** The answer to `ping`. */
  | { readonly kind: 'pong'; readonly isHidden: boolean };

const MOST_EVENTS = 100_000;
const MOST_CONNECTIONS = 10_000;
const MOST_CHANNELS = 10_000;
const MOST_READERS = 100;
/** No duration in a message is longer. In ms. */
const LONGEST = 1e12;

const addressableId = z.string().check(z.refine(isAddressableId));
const status = z.string().check(z.refine((value) => value === statusText(value)));
/** A time that a tab has read from a clock. In unix seconds. */
const date = z.number().check(z.minimum(-LAST_DATE), z.maximum(LAST_DATE));
/** When a connection was read; -Infinity: never. */
const readAt = z.union([date, z.literal(-Infinity)]);

// No limits for the server's strings and dates: with a limit, one long name would make the other tabs ignore all connections.
const text = z.string();
const time = z.optional(z.number());

/** Checks the length first, and stops at the first item that does not fit: reading a whole wrong message takes long. */
function listOf<Item extends z.ZodMiniType>(item: Item, most: number) {
  const read = z.transform((values: unknown[]) => values.map((value) => z.parse(item, value)));
  return z.pipe(z.array(z.unknown()).check(z.maxLength(most)), read);
}

/** The server's data is JSON. A message between tabs may contain more: a map, or an object that refers to itself. */
function fromServer<Schema extends z.ZodMiniType>(schema: Schema) {
  const written = z.transform((value: unknown): unknown => JSON.parse(stringify(value)));
  return z.pipe(z.pipe(z.unknown(), written), schema);
}

/** What polls fail with, and are tried again. */
const FAILURE_CODES: readonly ErrorCode[] = [
  'NETWORK',
  'TIMEOUT',
  'HTTP',
  'INVALID_RESPONSE',
  'QUEUE_EXPIRED',
];

const LONGEST_LINE = 1_000;
const line = z.string().check(z.refine((value) => value === shortText(value, LONGEST_LINE)));

/** An error is sent by its parts: a copied one has lost its code. */
const pollError = z.pipe(
  z.object({
    code: z.enum(FAILURE_CODES),
    message: line,
    details: z.object({
      requestId: z.optional(line),
      queueId: z.optional(line),
      server: z.optional(z.literal('queue')),
      type: z.optional(line),
      elapsed: time,
      status: time,
      timeout: time,
      expected: z.optional(line),
      received: z.optional(line),
    }),
  }),
  z.transform(({ code, message, details }) => new BanksideError(code, message, details as never)),
);

const failedPoll = {
  error: pollError,
  retryIn: z.number().check(z.minimum(0), z.maximum(LONGEST)),
  isHeld: z.boolean(),
};

const update = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queueId: addressableId, isNew: z.boolean() }),
  z.object({ kind: z.literal('expired'), queueId: addressableId }),
  z.object({
    kind: z.literal('poll'),
    queueId: addressableId,
    events: listOf(fromServer(queueEventSchema), MOST_EVENTS),
    at: date,
    duration: z.number().check(z.minimum(0), z.maximum(LONGEST)),
  }),
  z.object({ kind: z.literal('failed'), ...failedPoll }),
  z.object({ kind: z.literal('gap'), reason: z.enum(GAP_REASONS), since: date }),
  z.object({ kind: z.literal('track'), connectionId: addressableId }),
  z
    .object({
      kind: z.literal('reading'),
      connectionId: addressableId,
      connection: z.optional(fromServer(connectionSchema)),
      from: date,
      to: date,
    })
    .check(z.refine(({ connectionId, connection }) => !connection || connection.id === connectionId)),
  z.object({ kind: z.literal('reconciled'), connectionIds: listOf(addressableId, MOST_CONNECTIONS) }),
]);

// The order of the fields is that of the states, so that the JSON of a snapshot is equal in all tabs.

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
  id: addressableId,
  providerId: z.optional(text),
  name: z.optional(text),
  status,
  syncing: z.boolean(),
  channels,
  action: z.optional(action),
  updatedAt: z.number(),
  isDoubtful: z.boolean(),
});

const sharedConnection = z
  .object({
    id: addressableId,
    state: z.optional(connectionState),
    isDoubtful: z.boolean(),
    saidWhileRunning: z.optional(text),
    from: readAt,
    to: readAt,
  })
  .check(z.refine(({ id, state: of, isDoubtful }) => !of || (of.id === id && of.isDoubtful === isDoubtful)));

const state = z.object({
  queueId: z.optional(addressableId),
  isProven: z.boolean(),
  soundAt: date,
  lastEvent: z.optional(text),
  askedAgo: z.number().check(z.minimum(-LONGEST), z.maximum(LONGEST)),
  connections: listOf(sharedConnection, MOST_CONNECTIONS),
  failure: z.optional(z.object(failedPoll)),
});

const tabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('update'), update }),
  z.object({ kind: z.enum(['ask', 'wake', 'hello', 'ping']), isClose: z.boolean() }),
  z.object({
    kind: z.literal('state'),
    state,
    isFirst: z.boolean(),
    readers: listOf(addressableId, MOST_READERS),
  }),
  z.object({ kind: z.literal('read'), reader: addressableId, isUnderWay: z.boolean() }),
  z.object({ kind: z.literal('pong'), isHidden: z.boolean() }),
]);

/**
 * Reads a message of another tab; `undefined` if any part does not fit. Unknown fields are dropped. Any script of the page's
 * origin can post to the channel, and so can an older version of the page in another tab.
 */
export function readTabMessage(data: unknown): TabMessage | undefined {
  // zod throws where a script has added to Object.prototype; listOf throws at an item that does not fit.
  return attempt(() => z.safeParse(tabMessage, data).data) as TabMessage | undefined;
}

/** A message as it is sent to other tabs. */
export function writeTabMessage(message: TabMessage): unknown {
  if (message.kind === 'update' && message.update.kind === 'failed') {
    return { ...message, update: writeFailure(message.update) };
  }
  if (message.kind !== 'state' || !message.state.failure) return message;
  return { ...message, state: { ...message.state, failure: writeFailure(message.state.failure) } };
}

function writeFailure<T extends FailedPoll>(failed: T): object {
  const { code, message, details } = failed.error;
  const lines = Object.entries(details).map(([name, value]) => [name, asLine(value)]);
  return { ...failed, error: { code, message: asLine(message), details: Object.fromEntries(lines) } };
}

/** Error messages and details may quote names of fields that a server has written. */
function asLine(value: unknown): unknown {
  return typeof value === 'string' ? shortText(value, LONGEST_LINE) : value;
}
