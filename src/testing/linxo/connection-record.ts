import { type ChangeOrigin, Channel, type DefinedChannel } from './channel.ts';
import { connectionStatusOf } from './connection-status.ts';
import { type Happening, type Script, stepsOf } from './script.ts';
import { END_MARKER, isChannelKind, type LinxoConnection, REQUIRED_ACTIONS } from './wire.ts';

/** The current state of a connection. */
export interface ConnectionRecord {
  readonly id: string;
  readonly user: string;
  /** The id of a channel, by its kind or its id. An unknown id is returned unchanged. */
  channelIdOf(channel: string): string | undefined;
  /** The status of a channel, by its id. */
  channelStatus(channelId: string): string | undefined;
  /** A synchronisation is requested. The channels that take part run from now on. */
  begin(script: Script): void;
  /** The synchronisation is over. Channels that no step has changed have the status from before the request. */
  settle(): void;
  /** The synchronisation is replaced by another one. Channels that it has opened have the last status that was not open. */
  stop(): void;
  /** Applies a step of a script, or a step alone. */
  change(happening: Happening, at: number, origin: ChangeOrigin): void;
  /** The current state, as in an event. */
  snapshot(): LinxoConnection;
  /** The current state, as in an answer about the connection: its channels have more fields. */
  details(): LinxoConnection;
}

export type Identity = Pick<LinxoConnection, 'id' | 'user_id' | 'provider_id' | 'name' | 'creation_date'>;

/** The status of a channel after an event. */
const STATUS_AFTER: ReadonlyMap<string | undefined, string> = new Map([
  ['SYNC_ALL_STARTED', 'RUNNING'],
  [END_MARKER, 'SUCCESS'],
  ...REQUIRED_ACTIONS.map((type) => [type, type] as const),
]);

/** Deletes accounts of the connection: a channel without accounts is `EMPTY`. */
export interface AccountDeletion {
  drop(channelId: string): void;
  /** Those of unknown channels too. */
  dropAll(): void;
}

/** @param accounts Called when a step makes a channel `EMPTY`, or the last one of all. */
export function createConnectionRecord(
  identity: Identity,
  defined: readonly DefinedChannel[],
  accounts: AccountDeletion,
): ConnectionRecord {
  const channels = defined.map((channel) => new Channel(channel, identity.creation_date));
  let forcedStatus: string | undefined;

  function channelIdOf(channel: string): string | undefined {
    const own = channels.find(({ kind, id }) => kind === channel || id === channel);
    return own?.id ?? (isChannelKind(channel) ? undefined : channel);
  }

  /** The channels that the steps name. All, if a step changes all of them, or if no step names one. */
  function takingPart(script: Script): readonly Channel[] {
    const steps = stepsOf(script);
    const names = new Set(steps.map(({ channel }) => channel));
    const named = channels.filter(({ kind, id }) => names.has(kind) || names.has(id));
    return named.length === 0 || steps.some(changesAll) ? channels : named;
  }

  /** Without a channel: a status applies to all channels, an end marker to the running ones. */
  function affected(happening: Happening): readonly Channel[] {
    const { channel, event } = happening;
    if (channel !== undefined) return channels.filter(({ id }) => id === channelIdOf(channel));
    if (changesAll(happening)) return channels;
    return event === END_MARKER ? channels.filter((one) => one.status === 'RUNNING') : [];
  }

  /** Once all channels are `EMPTY`, the connection has no accounts at all. */
  function forgetAccounts(emptied: readonly Channel[]): void {
    for (const { id } of emptied) accounts.drop(id);
    if (emptied.length > 0 && channels.every(({ status }) => status === 'EMPTY')) accounts.dropAll();
  }

  const state = (): Omit<LinxoConnection, 'channels'> => ({
    ...identity,
    status: forcedStatus ?? connectionStatusOf(channels.map(({ status }) => status)),
    auto_sync: true,
    consent_per_account: false,
    constraints: {},
    logo_url: `https://logos.bankside.example/${encodeURIComponent(identity.provider_id)}.svg`,
    owner: {},
  });

  return {
    id: identity.id,
    user: identity.user_id,
    channelIdOf,
    channelStatus: (channelId) => channels.find(({ id }) => id === channelId)?.status,
    begin(script) {
      forcedStatus = undefined;
      for (const channel of takingPart(script)) channel.begin();
    },
    settle() {
      for (const channel of channels) channel.settle();
    },
    stop() {
      for (const channel of channels) channel.stop();
    },
    change(happening, at, origin) {
      forcedStatus = happening.connectionStatus;
      const status = happening.status ?? STATUS_AFTER.get(happening.event);
      if (status === undefined) return;
      const changed = affected(happening);
      for (const channel of changed) channel.change(status, Math.floor(at / 1_000), origin);
      if (status === 'EMPTY') forgetAccounts(changed);
    },
    snapshot: () => ({ ...state(), channels: channels.map((channel) => channel.snapshot()) }),
    details: () => ({ ...state(), channels: channels.map((channel) => channel.details()) }),
  };
}

/** Whether a step without a channel changes the status of all channels. */
function changesAll({ channel, event, status }: Happening): boolean {
  return channel === undefined && (status !== undefined || event === 'SYNC_ALL_STARTED');
}
