import type { LifeEvents } from '../../monitoring.ts';

/** A status of a channel, from the time when it began. */
interface ChannelSpan {
  readonly at: number;
  readonly status: string;
}

/** The history of one channel. Without `channelDefinitionId`: of a connection whose events name no known channel. */
export interface ChannelHistory {
  readonly connectionId: string;
  readonly channelDefinitionId: string | undefined;
  readonly channelKind: string | undefined;
  readonly spans: readonly ChannelSpan[];
}

const MAX_CHANNELS = 24;
const MAX_SPANS = 100;

/** The channels of all connections, each with a lane in the picture. */
export class Channels {
  readonly #known: Map<string, ChannelHistory>;
  /** The connections of events without a known channel, by connection and channel. */
  readonly #unknown: Map<string, string>;

  constructor(known: Iterable<[string, ChannelHistory]> = [], unknown: Iterable<[string, string]> = []) {
    this.#known = new Map(known);
    this.#unknown = new Map(unknown);
  }

  /** Sorted by connection. The channels of a connection are in the order of their first event; unknown ones are last. */
  get all(): readonly ChannelHistory[] {
    const unknown = [...new Set(this.#unknown.values())].map((connectionId): ChannelHistory => {
      return { connectionId, channelDefinitionId: undefined, channelKind: undefined, spans: [] };
    });
    return [...this.#known.values(), ...unknown].sort((one, other) => {
      if (one.connectionId === other.connectionId) return 0;
      return one.connectionId < other.connectionId ? -1 : 1;
    });
  }

  setStatus(
    at: number,
    { connectionId, channelDefinitionId, channelKind, status }: LifeEvents['queue.channel'],
  ): void {
    const key = keyOf(connectionId, channelDefinitionId);
    this.#unknown.delete(key);
    const spans = this.#known.get(key)?.spans ?? [];
    if (spans.at(-1)?.status === status) return;
    if (!this.#known.has(key) && this.#known.size >= MAX_CHANNELS) return;
    const newest = [...spans, { at, status }].slice(-MAX_SPANS);
    this.#known.set(key, { connectionId, channelDefinitionId, channelKind, spans: newest });
  }

  /** An event of the server. Its channel is often known only after the next `queue.channel`. */
  addEvent({ connectionId, channelDefinitionId }: LifeEvents['queue.event']): void {
    if (!connectionId) return;
    const key = keyOf(connectionId, channelDefinitionId);
    if (!this.#known.has(key) && this.#unknown.size < MAX_CHANNELS) this.#unknown.set(key, connectionId);
  }

  copy(): Channels {
    return new Channels(this.#known, this.#unknown);
  }
}

function keyOf(connectionId: string, channelDefinitionId: string | undefined): string {
  return `${connectionId} ${channelDefinitionId ?? ''}`;
}
