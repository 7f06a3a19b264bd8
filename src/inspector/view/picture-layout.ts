import type { ServerName } from '../../index.ts';
import type { LifeEvent } from '../../monitoring.ts';
import type { ChannelHistory } from '../model/channels.ts';
import type { DoubtSpan } from '../model/doubts.ts';
import type { Entry } from '../model/entry.ts';
import type { LifeLog } from '../model/life-log.ts';
import { MAX_SLOTS } from '../model/slots.ts';
import { SERVERS } from '../model/words.ts';
import type { Band } from './canvas.ts';

/** The height of the times above the lanes, in pixels. */
export const AXIS = 22;
/** If the lanes are higher, they scroll. In pixels. */
export const MAX_HEIGHT = 400;
const HEIGHTS = { server: 54, queue: 34, channel: 34 } as const;
const PADDING = 5;
/** The events in the lane of the queue. */
const QUEUE_EVENTS: ReadonlySet<string> = new Set<LifeEvent['kind']>([
  'queue.subscribed',
  'queue.resumed',
  'queue.expired',
  'queue.poll',
  'queue.gap',
  'queue.failure',
]);

/** A row of the picture. */
export type Lane = { readonly name: string; readonly note: string } & (
  | { readonly kind: 'server'; readonly server: ServerName }
  | { readonly kind: 'queue' }
  | { readonly kind: 'channel'; readonly channel: ChannelHistory; readonly doubts: readonly DoubtSpan[] }
);

/** The lanes and their positions. */
export interface PictureLayout {
  /** The index of the lane of each server, and of the queue. */
  readonly indexes: ReadonlyMap<ServerName | 'queue', number>;
  readonly lanes: readonly (Band & { readonly lane: Lane })[];
  readonly height: number;
}

/** The lanes from top to bottom: one for each server, the queue, and one for each channel. */
export function lanesOf(log: LifeLog, hasBridge: boolean, now: number): readonly Lane[] {
  const servers = (['pserver', 'enrich', 'ob'] as const).map((server): Lane => {
    return { kind: 'server', server, name: SERVERS[server], note: '' };
  });
  const channels = log.channels.all.map((channel): Lane => {
    const { connectionId, channelDefinitionId, channelKind } = channel;
    const doubt = log.doubts.since(connectionId, now) === undefined ? undefined : 'in doubt';
    const notes = channelDefinitionId ? [doubt, channelKind, connectionId] : [doubt];
    const note = notes.filter(Boolean).join(' · ');
    const doubts = log.doubts.of(connectionId);
    return { kind: 'channel', channel, doubts, name: channelDefinitionId ?? connectionId, note };
  });
  const { status } = log.queue;
  const queue: readonly Lane[] = status ? [{ kind: 'queue', name: 'Queue', note: status }] : [];
  return [...(hasBridge ? servers : []), ...queue, ...channels];
}

export function layOut(lanes: readonly Lane[]): PictureLayout {
  let top = AXIS;
  const placed = lanes.map((lane) => {
    const height = HEIGHTS[lane.kind];
    top += height;
    return { lane, height, top: top - height };
  });
  const indexes = lanes.flatMap((lane, index): [ServerName | 'queue', number][] => {
    if (lane.kind === 'channel') return [];
    return [[lane.kind === 'server' ? lane.server : 'queue', index]];
  });
  return { lanes: placed, height: top, indexes: new Map(indexes) };
}

/** The index of the lane of an entry; -1 if it is not in the picture. */
export function laneIndexOf({ lanes, indexes }: PictureLayout, entry: Entry): number {
  if (entry.kind === 'request') return indexes.get(entry.server) ?? -1;
  const { event } = entry;
  if (event.kind === 'queue.event') {
    const { connectionId, channelDefinitionId } = event;
    const exact = channelDefinitionId ? channelIndexOf(lanes, connectionId, channelDefinitionId) : -1;
    return exact === -1 ? channelIndexOf(lanes, connectionId, undefined) : exact;
  }
  return QUEUE_EVENTS.has(event.kind) ? (indexes.get('queue') ?? -1) : -1;
}

function channelIndexOf(
  lanes: PictureLayout['lanes'],
  connectionId: string | undefined,
  channelDefinitionId: string | undefined,
): number {
  return lanes.findIndex(({ lane }) => {
    if (lane.kind !== 'channel') return false;
    const { channel } = lane;
    return channel.connectionId === connectionId && channel.channelDefinitionId === channelDefinitionId;
  });
}

/** The position of a bar in its lane. @param slots How many rows the lane has. */
export function barIn({ top, height }: Band, slot: number, slots: number): Band {
  const room = (height - 2 * PADDING) / Math.min(MAX_SLOTS, Math.max(1, slots));
  const thick = Math.max(3, Math.min(14, room - 2));
  return { top: top + PADDING + slot * room + (room - thick) / 2, height: thick };
}
