import type { ServerName } from '../../index.ts';
import type { Channel } from './channels.ts';
import type { LifeLog } from './life-log.ts';
import { SERVERS } from './words.ts';

/** A line of the picture. */
export type Lane =
  | { readonly kind: 'server'; readonly server: ServerName; readonly name: string; readonly note: string }
  | { readonly kind: 'queue'; readonly name: string; readonly note: string }
  | { readonly kind: 'channel'; readonly channel: Channel; readonly name: string; readonly note: string };

/** The lanes, from top to bottom: one for each server, the queue, and one for each channel. */
export function lanesOf(log: LifeLog, hasBridge: boolean): readonly Lane[] {
  const servers = (['pserver', 'enrich', 'ob'] as const).map((server): Lane => {
    return { kind: 'server', server, name: SERVERS[server], note: '' };
  });
  const channels = log.channels.all.map((channel): Lane => {
    const { connectionId, channelDefinitionId, channelKind } = channel;
    const note = channelKind ? `${channelKind} · ${connectionId}` : connectionId;
    const lane = channelDefinitionId ? { name: channelDefinitionId, note } : { name: connectionId, note: '' };
    return { kind: 'channel', channel, ...lane };
  });
  const { status } = log.queue;
  const queue: readonly Lane[] = status ? [{ kind: 'queue', name: 'Queue', note: status }] : [];
  return [...(hasBridge ? servers : []), ...queue, ...channels];
}
