import type { LinxoEvent, QueueService } from '../../src/testing/index.ts';
import { createQueueService, type QueueModelOptions } from '../../src/testing/linxo/create-queue-service.ts';

/** A clock that a test moves. */
export interface Ticking {
  now(): number;
  pass(ms: number): void;
}

export const START: number = Date.UTC(2027, 2, 1, 9);

export function ticking(start: number = START): Ticking {
  let time = start;
  return {
    now: () => time,
    pass(ms) {
      time += ms;
    },
  };
}

/** The model alone, on a clock of its own. */
export function model(options: QueueModelOptions = {}): { linxo: QueueService } & Ticking {
  const clock = ticking();
  return { linxo: createQueueService({ now: clock.now, ...options }), ...clock };
}

/** The events that a read gives; none for any other answer than 200. */
export function eventsOf(linxo: QueueService, queueId: string, reader?: string): readonly LinxoEvent[] {
  const answer = linxo.read(queueId, reader === undefined ? {} : { reader });
  return answer.status === 200 ? answer.events : [];
}

/** Each event as its type and the kind of its channel, if it has one. */
export function told(linxo: QueueService, events: readonly LinxoEvent[]): string[] {
  return events.map(({ event_type, event_status, channel_definition_id: id }) => {
    const channel = id === undefined ? '' : ` ${linxo.channelKind(id) ?? id}`;
    return (event_type ?? `status=${event_status}`) + channel;
  });
}

/** Statuses of the connection and of its channels by their kind. */
export function truth(linxo: QueueService, connectionId: string): Record<string, string | undefined> {
  const { status, channels = [] } = linxo.connection(connectionId) ?? {};
  const kinds = channels.map((channel) => [linxo.channelKind(channel.channel_definition_id), channel.status]);
  return { connection: status, ...Object.fromEntries(kinds) };
}
