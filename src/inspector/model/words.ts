import type { LifeEvents } from '../../monitoring.ts';
import {
  type Entry,
  isUserNeeded,
  type MomentEvent,
  type RequestEntry,
  type RequestState,
  stateOf,
} from './entry.ts';

type ConnectionLife = LifeEvents['queue.connection'];

/** Why the last poll failed. */
export type PollTrouble = Pick<LifeEvents['queue.failure'], 'code' | 'status'>;

/** The texts of a row of the list. */
export interface Words {
  readonly title: string;
  /** A server, the bridge, the queue or a channel. */
  readonly place: string;
  readonly state: string;
}

const STATES: Readonly<Record<RequestState, string>> = {
  token: 'waits for a token',
  sent: 'in flight',
  retry: 'waits for a retry',
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
        state: event.reason === 'unknown' ? 'no request has this id' : 'came late or twice',
      };
    case 'message':
      return { title: event.name, place: 'Bridge', state: 'widget message' };
    case 'droppedHeaders':
      return {
        title:
          event.names.length === 1 ? '1 header was not sent' : `${event.names.length} headers were not sent`,
        place: SERVERS[event.server],
        state: event.names.join(', '),
      };
    case 'insecurePage':
      return { title: 'a page over plain HTTP', place: 'Bridge', state: event.host };
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
      return { ...queue, title: 'continues with the stored queue' };
    case 'queue.expired':
      return { ...queue, title: 'the queue', state: 'expired' };
    case 'queue.poll':
      return {
        ...queue,
        title: 'poll',
        state: event.events ? count(event.events, 'new event') : 'nothing new',
      };
    case 'queue.gap':
      return { ...queue, title: 'events may be lost', state: `gap: ${event.reason}` };
    case 'queue.reconciled':
      return { ...queue, title: 'connections were read', state: count(event.connections, 'connection') };
    case 'queue.insecurePage':
      return { ...queue, title: 'a page over plain HTTP', state: event.host };
    case 'queue.event':
      return {
        title: event.type,
        place: channelName(event.connectionId, event.channelDefinitionId),
        state: 'event',
      };
    case 'queue.connection':
      return wordsOfConnection(event);
    case 'queue.channel':
      return {
        title: isUserNeeded(event) ? 'channel needs the user' : 'channel',
        place: channelName(event.connectionId, event.channelDefinitionId),
        state: change(event.previous, event.status),
      };
    case 'queue.failure':
      return { ...queue, title: event.type ?? 'the poller', state: `failed: ${event.code}` };
  }
}

function wordsOfConnection({
  connectionId,
  status,
  previous,
  isDoubtful,
  wasDoubtful,
}: ConnectionLife): Words {
  const words = { title: 'connection', place: connectionId, state: change(previous, status) };
  if (isDoubtful && wasDoubtful) return { ...words, state: `in doubt: ${words.state}` };
  if (isDoubtful) return { ...words, title: 'connection in doubt' };
  return wasDoubtful ? { ...words, title: 'connection read again' } : words;
}

/** Why polls fail, such as `HTTP 503`. */
export function failureWords({ code, status }: PollTrouble): string {
  return status === undefined ? code : `${code} ${status}`;
}

/** The displayed name of a channel. */
export function channelName(
  connectionId: string | undefined,
  channelDefinitionId: string | undefined,
): string {
  return [connectionId ?? 'Queue', channelDefinitionId].filter((part) => part !== undefined).join(' / ');
}

/** Such as `230 ms`, `1.4 s`, `2:05 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')} min`;
}

/** Such as `14:03:07.250`, in the local time zone. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${`${date.getMilliseconds()}`.padStart(3, '0')}`;
}

/** Such as `1 request`, `2 requests`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function change(previous: string | undefined, status: string): string {
  return previous && previous !== status ? `${previous} → ${status}` : status;
}
