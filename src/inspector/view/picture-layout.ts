import type { ServerName } from '../../index.ts';
import type { Entry } from '../model/entry.ts';
import type { Lane } from '../model/lanes.ts';
import { MOST_SLOTS } from '../model/slots.ts';
import type { Band } from './scene.ts';

/** The height of the times above the lanes, in pixels. */
export const AXIS = 22;
/** Lanes that are higher are scrolled, in pixels. */
export const TALLEST = 400;
const HEIGHTS = { server: 54, queue: 34, channel: 34 } as const;
const PADDING = 5;

/** The lanes, and where each is. */
export interface PictureLayout {
  /** By the server that a lane is of, or the queue. */
  readonly indexes: ReadonlyMap<ServerName | 'queue', number>;
  readonly lanes: readonly (Band & { readonly lane: Lane })[];
  readonly height: number;
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

/** The lane that an entry is drawn in; none for what has no place in the picture. */
export function laneIndexOf({ lanes, indexes }: PictureLayout, entry: Entry): number {
  if (entry.kind === 'request') return indexes.get(entry.server) ?? -1;
  const { event } = entry;
  if (event.kind === 'queue.event') {
    const { connectionId, channelDefinitionId } = event;
    const exact = channelDefinitionId ? channelIndexOf(lanes, connectionId, channelDefinitionId) : -1;
    return exact === -1 ? channelIndexOf(lanes, connectionId, undefined) : exact;
  }
  return OF_QUEUE.test(event.kind) ? (indexes.get('queue') ?? -1) : -1;
}

const OF_QUEUE = /^queue\.(subscribed|resumed|expired|poll|gap|failure)$/;

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

/** Where a request's bar is in its lane, which so many share. */
export function barIn({ top, height }: Band, slot: number, slots: number): Band {
  const room = (height - 2 * PADDING) / Math.min(MOST_SLOTS, Math.max(1, slots));
  const thick = Math.max(3, Math.min(14, room - 2));
  return { top: top + PADDING + slot * room + (room - thick) / 2, height: thick };
}
