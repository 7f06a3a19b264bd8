import type { QueueEvent } from '../index.ts';
import { errorLife } from './error-life.ts';
import type { ObservedPoller } from './observed.ts';
import { textIfAny } from './plain-name.ts';
import type { Telling } from './telling.ts';

/** Tells the life of a poller, first of all how it is. Returns the function that ends it. */
export function followPoller(poller: ObservedPoller, tell: Telling['tell']): () => void {
  tellState(poller, tell);
  const offs = [
    poller.on('status', ({ status, previous }) => tell('queue.status', { status, previous })),
    poller.on('subscribed', ({ queueId }) => tell('queue.subscribed', { queueId })),
    poller.on('resumed', ({ queueId }) => tell('queue.resumed', { queueId })),
    poller.on('expired', ({ queueId }) => tell('queue.expired', { queueId })),
    poller.on('poll', ({ events, duration }) => tell('queue.poll', { events, duration })),
    poller.on('gap', ({ reason }) => tell('queue.gap', { reason })),
    poller.on('reconciled', ({ connectionIds }) => {
      tell('queue.reconciled', { connections: connectionIds.length });
    }),
    poller.on('*', (event) => tell('queue.event', eventLife(event))),
    poller.on('connection', ({ connection, previous, source }) => {
      tell('queue.connection', {
        connectionId: connection.id,
        status: connection.status,
        previous: textIfAny(previous?.status),
        source,
      });
    }),
    poller.on('channel', ({ connectionId, channelDefinitionId, kind, status, previous, source }) => {
      tell('queue.channel', {
        connectionId,
        channelDefinitionId,
        channelKind: kind,
        status,
        previous: textIfAny(previous),
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

function tellState(poller: ObservedPoller, tell: Telling['tell']): void {
  const { status, connections } = poller.getSnapshot();
  const now = { previous: undefined, source: undefined };
  tell('queue.status', { status, previous: undefined });
  for (const connection of connections.values()) {
    const connectionId = connection.id;
    tell('queue.connection', { ...now, connectionId, status: connection.status });
    for (const channel of connection.channels.values()) {
      tell('queue.channel', {
        ...now,
        connectionId,
        channelDefinitionId: channel.id,
        channelKind: channel.kind,
        status: channel.status,
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
    type: event_type,
    connectionId: textIfAny(id),
    channelDefinitionId: textIfAny(channel_definition_id),
  };
}
