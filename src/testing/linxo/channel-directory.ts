import { CHANNEL_KINDS, type ChannelKind } from './linxo-connection.ts';

/** A channel that a connection is made with. */
export interface NewChannel {
  /** Scraping, or the PSD2 API. */
  readonly kind: ChannelKind;
  /** @default that of the provider's channel of this kind */
  readonly id?: string;
}

export interface DefinedChannel {
  readonly kind: ChannelKind;
  readonly id: string;
}

/** Which channel is of which kind. A definition is its provider's: two connections to one provider share it. */
export interface ChannelDirectory {
  define(providerId: string, channels?: readonly NewChannel[]): readonly DefinedChannel[];
  kindOf(channelDefinitionId: string): ChannelKind | undefined;
}

/** The documents' own example has 8700 and 8701. */
const FIRST_ID = 8700;

export function createChannelDirectory(): ChannelDirectory {
  const kinds = new Map<string, ChannelKind>();
  const providers = new Map<string, Readonly<Record<ChannelKind, string>>>();

  function idsOf(providerId: string): Readonly<Record<ChannelKind, string>> {
    const first = FIRST_ID + 2 * providers.size;
    const ids = providers.get(providerId) ?? { EMBEDDED: String(first), REDIRECT: String(first + 1) };
    providers.set(providerId, ids);
    return ids;
  }

  return {
    define(providerId, channels = CHANNEL_KINDS.map((kind) => ({ kind }))) {
      const ids = idsOf(providerId);
      const defined = channels.map(({ kind, id = ids[kind] }) => ({ kind, id }));
      for (const { kind, id } of defined) kinds.set(id, kind);
      return defined;
    },
    kindOf: (id) => kinds.get(id),
  };
}
