import type { QueuePoller, RecentPollerEvent } from '../index.ts';
import { eventTime } from '../memory/event-time.ts';
import { channelEvent, connectionEvent, failureEvent, statusEvent } from '../queue/state/poller-memory.ts';

/** The members of a poller that an observation uses. */
export type ObservedPoller = Pick<QueuePoller, 'on' | 'getSnapshot' | 'nextPollIn' | 'recentEvents'>;

/** The remembered events of a poller, and then those parts of its state that they do not tell. */
export function pastOf(poller: ObservedPoller): RecentPollerEvent[] {
  const past = poller.recentEvents;
  const known = new Map(past.map(factOf));
  const state = stateOf(poller).filter((event) => {
    const [subject, value] = factOf(event);
    return known.get(subject) !== value;
  });
  return [...past, ...state];
}

/** The state of a poller, as events. */
function stateOf(poller: ObservedPoller): RecentPollerEvent[] {
  const { status, connections, failure } = poller.getSnapshot();
  const at = eventTime();
  const events = [statusEvent(at, status, undefined)];
  if (failure) events.push(failureEvent(at, failure.error, poller.nextPollIn));
  for (const connection of connections.values()) {
    events.push(connectionEvent(at, connection));
    for (const { id, kind, status } of connection.channels.values()) {
      const channel = { connectionId: connection.id, channelDefinitionId: id, kind, status };
      events.push(channelEvent(at, channel));
    }
  }
  return events;
}

/** What an event says to be so since then: of what, and what. */
function factOf(event: RecentPollerEvent): readonly [subject: string, value: string] {
  switch (event.kind) {
    case 'queue.status':
      return [event.kind, event.status];
    case 'queue.failure':
      return [`${event.kind} ${event.type}`, `${event.code} ${event.status}`];
    case 'queue.connection':
      return [`${event.kind} ${event.connectionId}`, `${event.status} ${event.isDoubtful}`];
    case 'queue.channel':
      return [`${event.kind} ${event.connectionId} ${event.channelDefinitionId}`, event.status];
    default:
      return [event.kind, ''];
  }
}
