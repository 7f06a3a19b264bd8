import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

// The three schemas of the queue, as a developer writes them without bankside. They accept what bankside's accept.

z.config(en());

const id = z.pipe(
  z.transform((value) => (typeof value === 'number' ? String(value) : value)),
  z.string().check(z.minLength(1)),
);

export const channelSchema = z.looseObject({
  channel_definition_id: id,
  status: z.nullish(z.string()),
  expires: z.nullish(z.number()),
  last_success_date: z.nullish(z.number()),
  last_end_date: z.nullish(z.number()),
});

export const connectionSchema = z.looseObject({
  id,
  provider_id: z.nullish(id),
  name: z.nullish(z.string()),
  status: z.nullish(z.string()),
  creation_date: z.nullish(z.number()),
  channels: z.nullish(z.array(channelSchema)),
});

const eventFields = {
  id,
  event_type: z.nullish(z.string()),
  event_status: z.nullish(z.string()),
  creation_date: z.nullish(z.number()),
  channel_definition_id: z.nullish(id),
};

/** An event about a connection, or one of another kind, whose `resource` is anything. */
export const queueEventSchema = z.pipe(
  z.union([
    z.looseObject({
      ...eventFields,
      resource_type: z.literal('CONNECTION'),
      resource: z.nullish(connectionSchema),
    }),
    z.looseObject({
      ...eventFields,
      resource_type: z.nullish(z.string().check(z.refine((type) => type !== 'CONNECTION'))),
      resource: z.optional(z.unknown()),
    }),
  ]),
  z.transform((event) => {
    const { event_type, event_status } = event;
    return {
      ...event,
      event_type: event_status === 'SYNC_ALL_SUCCESS' ? event_status : (event_type ?? event_status ?? ''),
    };
  }),
);
