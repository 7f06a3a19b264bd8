import type { QueueEvent } from '../index.ts';
import { errorLife } from './error-life.ts';
import type { ObservedPoller, TellLife } from './observed.ts';
import { plainName, plainNameIfAny } from './plain-name.ts';

/** Tells the life of a poller, first of all how it is. Returns the function that ends it. */
export function followPoller(poller: ObservedPoller, tell: TellLife): () => void {
  tellState(poller, tell);
  const offs = [
    poller.on('status', ({ status, previous }) => tell('queue.status', { status, previous })),
    poller.on('subscribed', ({ queueId }) => tell('queue.subscribed', { queueId: plainName(queueId) })),
    poller.on('resumed', ({ queueId }) => tell('queue.resumed', { queueId: plainName(queueId) })),
    poller.on('expired', ({ queueId }) => tell('queue.expired', { queueId: plainName(queueId) })),
    poller.on('poll', ({ events, duration }) => tell('queue.poll', { events, duration })),
    poller.on('gap', ({ reason }) => tell('queue.gap', { reason })),
    poller.on('reconciled', ({ connectionIds }) => {
      tell('queue.reconciled', { connections: connectionIds.length });
    }),
    poller.on('*', (event) => tell('queue.event', eventLife(event))),
    poller.on('connection', ({ connection, previous, source }) => {
      tell('queue.connection', {
        connectionId: plainName(connection.id),
        status: plainName(connection.status),
        previous: plainNameIfAny(previous?.status),
        source,
      });
    }),
    poller.on('channel', ({ connectionId, channelDefinitionId, kind, status, previous, source }) => {
      tell('queue.channel', {
        connectionId: plainName(connectionId),
        channelDefinitionId: plainName(channelDefinitionId),
        channelKind: kind,
        status: plainName(status),
        previous: plainNameIfAny(previous),
        source,
      });
    }),
    poller.on('failure', ({ error, retryIn }) => {
      const { code, status, type } = errorLife(error);
      tell('queue.failure', { code, status, type, retryIn });
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}

function tellState(poller: ObservedPoller, tell: TellLife): void {
  const { status, connections } = poller.getSnapshot();
  const now = { previous: undefined, source: undefined };
  tell('queue.status', { status, previous: undefined });
  for (const connection of connections.values()) {
    const connectionId = plainName(connection.id);
    tell('queue.connection', { ...now, connectionId, status: plainName(connection.status) });
    for (const channel of connection.channels.values()) {
      tell('queue.channel', {
        ...now,
        connectionId,
        channelDefinitionId: plainName(channel.id),
        channelKind: channel.kind,
        status: plainName(channel.status),
      });
    }
  }
}

function eventLife({ event_type, resource_type, resource, channel_definition_id }: QueueEvent): {
  type: string;
  connectionId: string | undefined;
  channelDefinitionId: string | undefined;
} {
  const isOfConnection = !resource_type || resource_type === 'CONNECTION';
  const id = isOfConnection ? (resource as { id?: unknown } | null | undefined)?.id : undefined;
  return {
    type: plainName(event_type),
    connectionId: plainNameIfAny(id),
    channelDefinitionId: plainNameIfAny(channel_definition_id),
  };
}
