import * as z from 'zod/mini';
import { isAddressableId } from './addressable-id.ts';
import { checkObjectPrototype } from './check-object-prototype.ts';
import {
  type ChannelStatus,
  type ConnectionEventType,
  type ConnectionStatus,
  isOfConnection,
} from './event-types.ts';

checkObjectPrototype();

const ID_FORM = 'expected an id: a string that is not empty, or a number';

/** Ids are strings in the documents. Some servers write numbers: those become strings. */
const id = z.union(
  [z.string().check(z.minLength(1, ID_FORM)), z.pipe(z.number(), z.transform(String))],
  ID_FORM,
);
const text = z.nullish(z.string());
const time = z.nullish(z.number());

/**
 * The zod schema of a channel of a connection. Ids that came as numbers become strings; unknown fields pass. Times in unix
 * seconds. Extending it needs zod 4.6.7 or later, in one copy.
 *
 * @see The connection resource of Linxo Connect's documents.
 */
export const channelSchema = z.looseObject({
  /** {@inheritDoc Channel.channel_definition_id} */
  channel_definition_id: id,
  /** {@inheritDoc Channel.status} */
  status: z.nullish(z.string() as z.ZodMiniType<ChannelStatus, string>),
  /** {@inheritDoc Channel.mode} */
  mode: z.optional(z.unknown()),
  /** {@inheritDoc Channel.expires} */
  expires: time,
  /** {@inheritDoc Channel.last_success_date} */
  last_success_date: time,
  /** {@inheritDoc Channel.last_end_date} */
  last_end_date: time,
});

/**
 * The zod schema of a connection, as `GET /connections/{id}` answers it and as events carry it. Any field but the `id` may be
 * missing. Ids that came as numbers become strings; unknown fields pass. Times in unix seconds. Extending it needs zod 4.6.7 or
 * later, in one copy.
 *
 * @example
 * ```ts
 * import { connectionSchema } from 'bankside';
 * import * as z from 'zod/mini';
 *
 * const mySchema = z.extend(connectionSchema, { logo_url: z.nullish(z.url()) });
 * ```
 */
export const connectionSchema = z.looseObject({
  /** {@inheritDoc Connection.id} */
  id: id.check(z.refine(isAddressableId, 'expected an id that can be a part of an address')),
  /** {@inheritDoc Connection.provider_id} */
  provider_id: z.nullish(id),
  /** {@inheritDoc Connection.name} */
  name: text,
  /** {@inheritDoc Connection.status} */
  status: z.nullish(z.string() as z.ZodMiniType<ConnectionStatus, string>),
  /** {@inheritDoc Connection.creation_date} */
  creation_date: time,
  /** {@inheritDoc Connection.channels} */
  channels: z.nullish(z.array(channelSchema)),
});

/**
 * The zod schema of an event of the queue. Unknown types and fields pass; ids that came as numbers become strings. The
 * documents write the type of the last event in `event_status`: it is copied to `event_type`. The `resource` of an event about
 * a connection is read by {@link connectionSchema}.
 *
 * `z.extend` adds your own fields; `z.safeExtend` narrows the known ones, without changing their types. Both need zod 4.6.7 or
 * later, in one copy.
 *
 * @example
 * ```ts
 * import { QueuePoller, queueEventSchema } from 'bankside';
 * import * as z from 'zod/mini';
 *
 * const mySchema = z.extend(queueEventSchema, { bank_reference: z.string() });
 * const poller = new QueuePoller({ baseUrl: 'https://api.bank.example/linxo', accessToken: false });
 * poller.on('*', (event) => {
 *   const read = z.safeParse(mySchema, event);
 *   if (read.success) console.log(read.data.event_type, read.data.bank_reference);
 * });
 * ```
 */
export const queueEventSchema = z
  .looseObject({
    /** {@inheritDoc QueueEvent.id} */
    id,
    /** {@inheritDoc QueueEvent.event_type} */
    event_type: z.pipe(
      text,
      z.transform((type) => type ?? ''),
    ),
    /** {@inheritDoc QueueEvent.event_status} */
    event_status: text,
    /** {@inheritDoc QueueEvent.resource_type} */
    resource_type: text,
    /** {@inheritDoc QueueEvent.creation_date} */
    creation_date: time,
    /** {@inheritDoc QueueEvent.channel_definition_id} */
    channel_definition_id: z.nullish(id),
    /** {@inheritDoc QueueEvent.resource} */
    resource: z.optional(z.unknown()),
  })
  .check(readType, readResource);

/** A channel of a connection as the server writes it. Times in unix seconds. */
export interface Channel extends Readonly<z.output<typeof channelSchema>> {
  /** The channel's id. */
  readonly channel_definition_id: string;
  /** See {@link ChannelStatus}. */
  readonly status?: ChannelStatus | null | undefined;
  /** `REDIRECT` or `EMBEDDED`. The channels in events lack it. */
  readonly mode?: unknown;
  /** When the user's consent ends. */
  readonly expires?: number | null | undefined;
  /** When it last ended with success. */
  readonly last_success_date?: number | null | undefined;
  /** When it last ended, with success or not. */
  readonly last_end_date?: number | null | undefined;
}

/** A connection as the server writes it. Any field but the `id` may be missing. Times in unix seconds. */
export interface Connection extends Readonly<z.output<typeof connectionSchema>> {
  /** The connection's id. */
  readonly id: string;
  /** The id of the institution. */
  readonly provider_id?: string | null | undefined;
  /** The name for the user. */
  readonly name?: string | null | undefined;
  /** The status of the whole. Its channels are more exact. */
  readonly status?: ConnectionStatus | null | undefined;
  /** When it was made. */
  readonly creation_date?: number | null | undefined;
  /** The ways in which Linxo reaches the institution. */
  readonly channels?: Channel[] | null | undefined;
}

/** An event of the queue as the server writes it. */
export interface QueueEvent<Type extends string = string, Resource = unknown>
  extends Readonly<z.output<typeof queueEventSchema>> {
  /** The same each time that the event is delivered. */
  readonly id: string;
  /** What has happened; upper-case. */
  readonly event_type: Type;
  /** The type, where a server writes it here. */
  readonly event_status?: string | null | undefined;
  /** What `resource` is: `CONNECTION` in all documented events, `CONNECTIONS` in those of webhooks. */
  readonly resource_type?: string | null | undefined;
  /** When it was made, in unix seconds. */
  readonly creation_date?: number | null | undefined;
  /** The channel that it comes from: one of the connection's, or an id that only the server knows. */
  readonly channel_definition_id?: string | null | undefined;
  /** What it is about, as it was then. */
  readonly resource?: Resource | null | undefined;
}

/** An event about a connection: `resource` is the connection as it was then. */
export type ConnectionEvent<Type extends string = ConnectionEventType> = QueueEvent<Type, Connection>;

/** The connection that an event is about. */
export function connectionOf(event: QueueEvent): Connection | undefined {
  return isAboutConnection(event) && event.resource ? (event.resource as Connection) : undefined;
}

/** The queue's events have the first, the vendor's webhooks the second. */
const CONNECTION_RESOURCES: ReadonlySet<string> = new Set(['CONNECTION', 'CONNECTIONS']);

function isAboutConnection({ event_type, resource_type }: EventFields): boolean {
  return resource_type ? CONNECTION_RESOURCES.has(resource_type) : isOfConnection(event_type);
}

/** The fields that say what an event is about. */
interface EventFields extends Pick<QueueEvent, 'event_status' | 'resource_type'> {
  event_type: string;
  resource?: unknown;
}

function readType({ value, issues }: z.core.ParsePayload<EventFields>): void {
  const { event_type, event_status } = value;
  value.event_type = event_status === 'SYNC_ALL_SUCCESS' ? event_status : event_type || (event_status ?? '');
  if (value.event_type) return;
  const message = 'expected the type of the event';
  issues.push({ code: 'custom', path: ['event_type'], message, input: '' });
}

function readResource({ value, issues }: z.core.ParsePayload<EventFields>): void {
  if (!isAboutConnection(value) || !value.resource) return;
  const read = z.safeParse(connectionSchema, value.resource);
  if (read.success) value.resource = read.data;
  else
    for (const issue of read.error.issues)
      issues.push({ ...issue, path: ['resource', ...issue.path], input: undefined });
}
