import type * as ours from '../../src/queue/server/events.ts';

type Reader<Schema extends { parse: unknown; safeParse: unknown }> = Pick<Schema, 'parse' | 'safeParse'>;

export const channelSchema: Reader<typeof ours.channelSchema>;
export const connectionSchema: Reader<typeof ours.connectionSchema>;
export const queueEventSchema: Reader<typeof ours.queueEventSchema>;
