import type { AnyBanksideError, QueueEvent, QueuePoller } from '../index.ts';
import type { LifeEmitter } from './life-emitter.ts';
import type { LifeEvents } from './life-event.ts';
import { errorLife, optionalBoolean, optionalNumber, optionalText } from './plain-data.ts';

/** The members of a poller that an observation uses. */
export type ObservedPoller = Pick<QueuePoller, 'on' | 'getSnapshot' | 'nextPollIn'>;

/** Emits the current state of a poller, then its events. Returns the function that stops it. */
export function followPoller(poller: ObservedPoller, emitter: LifeEmitter): () => void {
  emitState(poller, emitter);
  const unsubscribes = [
    poller.on('status', ({ status, previous }) => emitter.emit('queue.status', { status, previous })),
    poller.on('subscribed', ({ queueId }) => emitter.emit('queue.subscribed', { queueId })),
    poller.on('resumed', ({ queueId }) => emitter.emit('queue.resumed', { queueId })),
    poller.on('expired', ({ queueId }) => emitter.emit('queue.expired', { queueId })),
    poller.on('poll', ({ events, duration }) => emitter.emit('queue.poll', { events, duration })),
    poller.on('gap', ({ reason }) => emitter.emit('queue.gap', { reason })),
    poller.on('reconciled', ({ connectionIds }) => {
      emitter.emit('queue.reconciled', { connections: connectionIds.length });
    }),
    poller.on('*', (event) => emitter.emit('queue.event', eventLife(event))),
    poller.on('connection', ({ connection, previous, source }) => {
      emitter.emit('queue.connection', {
        connectionId: connection.id,
        status: connection.status,
        previous: optionalText(previous?.status),
        isDoubtful: connection.isDoubtful === true,
        wasDoubtful: optionalBoolean(previous?.isDoubtful),
        source,
      });
    }),
    poller.on('channel', ({ connectionId, channelDefinitionId, kind, status, previous, source }) => {
      emitter.emit('queue.channel', {
        connectionId,
        channelDefinitionId,
        channelKind: kind,
        status,
        previous: optionalText(previous),
        source,
      });
    }),
    poller.on('failure', ({ error, retryIn }) => emitter.emit('queue.failure', failureLife(error, retryIn))),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

function emitState(poller: ObservedPoller, emitter: LifeEmitter): void {
  const { status, connections, failure } = poller.getSnapshot();
  const start = { previous: undefined, source: undefined };
  emitter.emit('queue.status', { status, previous: undefined });
  if (failure) emitter.emit('queue.failure', failureLife(failure.error, poller.nextPollIn));
  for (const connection of connections.values()) {
    const connectionId = connection.id;
    emitter.emit('queue.connection', {
      ...start,
      connectionId,
      status: connection.status,
      isDoubtful: connection.isDoubtful === true,
      wasDoubtful: undefined,
    });
    for (const channel of connection.channels.values()) {
      emitter.emit('queue.channel', {
        ...start,
        connectionId,
        channelDefinitionId: channel.id,
        channelKind: channel.kind,
        status: channel.status,
      });
    }
  }
}

function failureLife(error: AnyBanksideError, retryIn: number | undefined): LifeEvents['queue.failure'] {
  const { code, status, type } = errorLife(error);
  return { code, status, type, retryIn: optionalNumber(retryIn) };
}

function eventLife(event: QueueEvent): LifeEvents['queue.event'] {
  const { event_type, resource_type, resource, channel_definition_id } = event;
  const isOfConnection = !resource_type || resource_type === 'CONNECTION' || resource_type === 'CONNECTIONS';
  const id = isOfConnection ? (resource as { id?: unknown } | null | undefined)?.id : undefined;
  return {
    type: event_type,
    connectionId: optionalText(id),
    channelDefinitionId: optionalText(channel_definition_id),
  };
}
