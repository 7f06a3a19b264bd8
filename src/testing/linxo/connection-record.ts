import type { DefinedChannel } from './channel-directory.ts';
import { isKind, type LinxoChannel, type LinxoConnection, REQUIRED_ACTIONS } from './linxo-connection.ts';
import { END_MARKER } from './linxo-event.ts';
import type { Happening } from './script.ts';

/** The truth about one connection. */
export interface ConnectionRecord {
  readonly id: string;
  readonly user: string;
  /** The id of the channel that is meant: by its kind, by its id, or a foreign one as it is. */
  channelIdOf(channel: string): string | undefined;
  /** What a step of a script makes of it. */
  change(happening: Happening, at: number): void;
  /** As it is now, for the wire. */
  snapshot(): LinxoConnection;
}

export type Identity = Pick<LinxoConnection, 'id' | 'user_id' | 'provider_id' | 'name' | 'creation_date'>;

interface ChannelRecord extends DefinedChannel {
  status?: string;
  expires?: number;
  lastSuccess?: number;
  lastEnd?: number;
}

const CONSENT = 180 * 86_400;

/** What the type of an event says about its channel. */
const STATUS_AFTER: ReadonlyMap<string | undefined, string> = new Map([
  ['SYNC_ALL_STARTED', 'RUNNING'],
  [END_MARKER, 'SUCCESS'],
  ...REQUIRED_ACTIONS.map((type) => [type, type] as const),
]);

export function createConnectionRecord(
  identity: Identity,
  defined: readonly DefinedChannel[],
): ConnectionRecord {
  const channels: ChannelRecord[] = defined.map((channel) =>
    channel.kind === 'REDIRECT' ? { ...channel, expires: identity.creation_date + CONSENT } : { ...channel },
  );
  let imposed: string | undefined;

  function channelIdOf(channel: string): string | undefined {
    const own = channels.find(({ kind, id }) => kind === channel || id === channel);
    return own?.id ?? (isKind(channel) ? undefined : channel);
  }

  /** Without a channel, a status that is given is that of all; an end is that of those which run. */
  function concerned({ channel, event, status }: Happening): ChannelRecord[] {
    if (channel !== undefined) return channels.filter(({ id }) => id === channelIdOf(channel));
    if (status !== undefined || event === 'SYNC_ALL_STARTED') return channels;
    return event === END_MARKER ? channels.filter((one) => one.status === 'RUNNING') : [];
  }

  return {
    id: identity.id,
    user: identity.user_id,
    channelIdOf,
    change(happening, at) {
      imposed = happening.connectionStatus;
      const status = happening.status ?? STATUS_AFTER.get(happening.event);
      if (status === undefined) return;
      for (const channel of concerned(happening)) setStatus(channel, status, Math.floor(at / 1_000));
    },
    snapshot: () => ({
      ...identity,
      status: imposed ?? statusOf(channels),
      auto_sync: true,
      consent_per_account: false,
      constraints: {},
      logo_url: `https://logos.bankside.example/${encodeURIComponent(identity.provider_id)}.svg`,
      owner: {},
      channels: channels.map(toWire),
    }),
  };
}

function setStatus(channel: ChannelRecord, status: string, seconds: number): void {
  channel.status = status;
  if (status === 'RUNNING' || status === 'CHALLENGE_REQUIRED') return;
  channel.lastEnd = seconds;
  if (status === 'SUCCESS') channel.lastSuccess = seconds;
  if (channel.expires === undefined) return;
  if (status === 'TOKEN_EXPIRED') channel.expires = seconds;
  // A success after the end of a consent means that the user has given it again.
  if (status === 'SUCCESS' && channel.expires <= seconds) channel.expires = seconds + CONSENT;
}

/** What runs outranks what failed; one channel that needs the user fails the whole. */
function statusOf(channels: readonly ChannelRecord[]): string {
  const statuses = channels.flatMap(({ status }) => status ?? []);
  if (statuses.includes('RUNNING')) return 'RUNNING';
  if (statuses.some((status) => REQUIRED_ACTIONS.includes(status))) return 'FAILED';
  return statuses.length > 0 ? 'SUCCESS' : 'NONE';
}

function toWire({ id, status, expires, lastSuccess, lastEnd }: ChannelRecord): LinxoChannel {
  return {
    channel_definition_id: id,
    ...(status !== undefined && { status }),
    ...(expires !== undefined && { expires }),
    ...(lastSuccess !== undefined && { last_success_date: lastSuccess }),
    ...(lastEnd !== undefined && { last_end_date: lastEnd }),
  };
}
