import type { ChannelKind } from '../../index.ts';
import type { Happening } from './script.ts';
import {
  END_MARKER,
  isChannelKind,
  type LinxoChannel,
  type LinxoConnection,
  REQUIRED_ACTIONS,
} from './wire.ts';

/** The current state of a connection. */
export interface ConnectionRecord {
  readonly id: string;
  readonly user: string;
  /** The id of a channel, by its kind or its id. An unknown id is returned unchanged. */
  channelIdOf(channel: string): string | undefined;
  /** Applies a step of a script. */
  change(happening: Happening, at: number): void;
  /** The current state, as the server sends it. */
  snapshot(): LinxoConnection;
}

export type Identity = Pick<LinxoConnection, 'id' | 'user_id' | 'provider_id' | 'name' | 'creation_date'>;

/** A channel with the id of its definition. */
export interface DefinedChannel {
  readonly kind: ChannelKind;
  readonly id: string;
}

interface ChannelRecord extends DefinedChannel {
  status?: string;
  expires?: number;
  lastSuccess?: number;
  lastEnd?: number;
}

/** In seconds. */
const CONSENT_LIFETIME = 180 * 86_400;

/** The status of a channel after an event. */
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
    channel.kind === 'REDIRECT'
      ? { ...channel, expires: identity.creation_date + CONSENT_LIFETIME }
      : { ...channel },
  );
  let forcedStatus: string | undefined;

  function channelIdOf(channel: string): string | undefined {
    const own = channels.find(({ kind, id }) => kind === channel || id === channel);
    return own?.id ?? (isChannelKind(channel) ? undefined : channel);
  }

  /** Without a channel: a status applies to all channels, an end marker to the running ones. */
  function affected({ channel, event, status }: Happening): ChannelRecord[] {
    if (channel !== undefined) return channels.filter(({ id }) => id === channelIdOf(channel));
    if (status !== undefined || event === 'SYNC_ALL_STARTED') return channels;
    return event === END_MARKER ? channels.filter((one) => one.status === 'RUNNING') : [];
  }

  return {
    id: identity.id,
    user: identity.user_id,
    channelIdOf,
    change(happening, at) {
      forcedStatus = happening.connectionStatus;
      const status = happening.status ?? STATUS_AFTER.get(happening.event);
      if (status === undefined) return;
      for (const channel of affected(happening)) setStatus(channel, status, Math.floor(at / 1_000));
    },
    snapshot: () => ({
      ...identity,
      status: forcedStatus ?? statusOf(channels),
      auto_sync: true,
      consent_per_account: false,
      constraints: {},
      logo_url: `https://logos.bankside.example/${encodeURIComponent(identity.provider_id)}.svg`,
      owner: {},
      channels: channels.map(channelSnapshot),
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
  // A success after the end of a consent means that the user has renewed it.
  if (status === 'SUCCESS' && channel.expires <= seconds) channel.expires = seconds + CONSENT_LIFETIME;
}

/** One running channel makes the connection `RUNNING`; else one channel that needs the user makes it `FAILED`. */
function statusOf(channels: readonly ChannelRecord[]): string {
  const statuses = channels.flatMap(({ status }) => status ?? []);
  if (statuses.includes('RUNNING')) return 'RUNNING';
  if (statuses.some((status) => REQUIRED_ACTIONS.includes(status))) return 'FAILED';
  return statuses.length > 0 ? 'SUCCESS' : 'NONE';
}

function channelSnapshot({ id, status, expires, lastSuccess, lastEnd }: ChannelRecord): LinxoChannel {
  return {
    channel_definition_id: id,
    ...(status !== undefined && { status }),
    ...(expires !== undefined && { expires }),
    ...(lastSuccess !== undefined && { last_success_date: lastSuccess }),
    ...(lastEnd !== undefined && { last_end_date: lastEnd }),
  };
}
