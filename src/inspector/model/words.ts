import {
  actionOf,
  type Entry,
  type MomentEvent,
  type RequestEntry,
  type RequestState,
  stateOf,
} from './entry.ts';

/** What a line of the list says. */
export interface Words {
  /** What it is about. */
  readonly title: string;
  /** Where it belongs: a server, the queue, a channel. */
  readonly place: string;
  /** How it went. */
  readonly state: string;
}

const STATES: Readonly<Record<RequestState, string>> = {
  token: 'waits for a token',
  sent: 'in flight',
  retry: 'waits to be sent again',
  answered: 'answered',
  failed: 'failed',
  late: 'answered late',
  twice: 'answered twice',
  superseded: 'answered, but superseded',
};

export const SERVERS = { pserver: 'PServer', enrich: 'Enrich', ob: 'Open Banking' } as const;

export function wordsOf(entry: Entry): Words {
  return entry.kind === 'request' ? wordsOfRequest(entry) : wordsOfMoment(entry.event);
}

function wordsOfRequest(entry: RequestEntry): Words {
  const code = entry.end?.code;
  const state = STATES[stateOf(entry)];
  return {
    title: entry.type ?? 'a request',
    place: SERVERS[entry.server],
    state: code ? `${state}: ${code}` : state,
  };
}

function wordsOfMoment(event: MomentEvent): Words {
  const queue = { place: 'Queue', state: '' };
  switch (event.kind) {
    case 'failure':
      return { title: 'a call that could not be read', place: 'Bridge', state: `failed: ${event.code}` };
    case 'orphan':
      return {
        title: `reply ${event.requestId}`,
        place: 'Bridge',
        state: event.reason === 'unknown' ? 'nobody asked for it' : 'came late or twice',
      };
    case 'message':
      return { title: event.name, place: 'Bridge', state: 'message of the widget' };
    case 'droppedHeaders':
      return {
        title:
          event.names.length === 1 ? '1 header was left out' : `${event.names.length} headers were left out`,
        place: SERVERS[event.server],
        state: event.names.join(', '),
      };
    case 'disposed':
      return { title: 'the bridge was disposed', place: 'Bridge', state: '' };
    case 'queue.status':
      return {
        ...queue,
        title: `poller: ${event.status}`,
        state: event.previous ? `was ${event.previous}` : '',
      };
    case 'queue.subscribed':
      return { ...queue, title: 'a new queue' };
    case 'queue.resumed':
      return { ...queue, title: 'a queue that was known before' };
    case 'queue.expired':
      return { ...queue, title: 'the queue is gone', state: 'expired' };
    case 'queue.poll':
      return {
        ...queue,
        title: 'read',
        state: event.events ? `${count(event.events, 'new event')}` : 'nothing new',
      };
    case 'queue.gap':
      return { ...queue, title: 'events may be lost', state: `gap: ${event.reason}` };
    case 'queue.reconciled':
      return { ...queue, title: 'connections were read', state: count(event.connections, 'connection') };
    case 'queue.event':
      return {
        title: event.type,
        place: channelName(event.connectionId, event.channelDefinitionId),
        state: 'event',
      };
    case 'queue.connection':
      return { title: 'connection', place: event.connectionId, state: change(event.previous, event.status) };
    case 'queue.channel':
      return {
        title: actionOf(event) ? 'the user is needed' : 'channel',
        place: channelName(event.connectionId, event.channelDefinitionId),
        state: change(event.previous, event.status),
      };
    case 'queue.failure':
      return { ...queue, title: event.type ?? 'the poller', state: `failed: ${event.code}` };
  }
}

/** How a channel is called. */
export function channelName(
  connectionId: string | undefined,
  channelDefinitionId: string | undefined,
): string {
  return [connectionId ?? 'Queue', channelDefinitionId].filter((part) => part !== undefined).join(' / ');
}

/** Such as `230 ms`, `1.4 s`, `2:05 min`. */
export function lasting(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')} min`;
}

/** Such as `14:03:07.250`, in the time of the page. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${`${date.getMilliseconds()}`.padStart(3, '0')}`;
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function change(previous: string | undefined, status: string): string {
  return previous && previous !== status ? `${previous} → ${status}` : status;
}
