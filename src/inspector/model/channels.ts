import type { LifeEvents } from '../../monitoring/life-event.ts';

/** A status of a channel, and since when. */
export interface ChannelSpan {
  readonly at: number;
  readonly status: string;
}

/** A channel of a connection; without `channelDefinitionId`, what is of the connection and of no channel that is known. */
export interface Channel {
  readonly connectionId: string;
  readonly channelDefinitionId: string | undefined;
  readonly channelKind: string | undefined;
  readonly spans: readonly ChannelSpan[];
}

/** More lanes than these nobody reads. */
const MOST_CHANNELS = 24;
const MOST_SPANS = 100;

/** The channels of all connections, in the order in which they are drawn. */
export class Channels {
  readonly #known: Map<string, Channel>;
  /** Where events came from that are of no channel that is known: the connection, by the key of what they name. */
  readonly #heard: Map<string, string>;

  constructor(known: Iterable<[string, Channel]> = [], heard: Iterable<[string, string]> = []) {
    this.#known = new Map(known);
    this.#heard = new Map(heard);
  }

  /** By connection, each in the order of its coming; then what is of no channel. */
  get all(): readonly Channel[] {
    const connections = new Set(this.#heard.values());
    return [...this.#known.values(), ...[...connections].map(laneOfConnection)].sort((one, other) =>
      compare(one.connectionId, other.connectionId),
    );
  }

  change(
    at: number,
    { connectionId, channelDefinitionId, channelKind, status }: LifeEvents['queue.channel'],
  ): void {
    const key = keyOf(connectionId, channelDefinitionId);
    this.#heard.delete(key);
    const spans = this.#known.get(key)?.spans ?? [];
    if (spans.at(-1)?.status === status) return;
    if (!this.#known.has(key) && this.#known.size >= MOST_CHANNELS) return;
    const more = [...spans, { at, status }].slice(-MOST_SPANS);
    this.#known.set(key, { connectionId, channelDefinitionId, channelKind, spans: more });
  }

  /** The server has told something of a connection: of a channel that is known next, as often as not. */
  hear({ connectionId, channelDefinitionId }: LifeEvents['queue.event']): void {
    if (!connectionId) return;
    const key = keyOf(connectionId, channelDefinitionId);
    if (!this.#known.has(key) && this.#heard.size < MOST_CHANNELS) this.#heard.set(key, connectionId);
  }

  copy(): Channels {
    return new Channels(this.#known, this.#heard);
  }
}

function laneOfConnection(connectionId: string): Channel {
  return { connectionId, channelDefinitionId: undefined, channelKind: undefined, spans: [] };
}

function keyOf(connectionId: string, channelDefinitionId: string | undefined): string {
  return `${connectionId} ${channelDefinitionId ?? ''}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
