import type { ChannelKind } from '../../index.ts';
import type { NamesOf } from '../../text/known-names.ts';
import type { ScenarioName } from './scenarios.ts';
import type { Happening, Script } from './script.ts';
import type { SynchroniseOptions } from './synchronisations.ts';
import type { LinxoConnection, LinxoEvent } from './wire.ts';

/** The event queue without HTTP. It has no timers: each call first runs what is due. */
export interface QueueService {
  /** Returns the id of a new queue for the events of this user's connections. */
  subscribe(user?: string): string;
  /** Reads the events, and extends the life of the queue. @throws TypeError for a field of the reader that does not exist. */
  read(queueId: string, reader?: ReaderIdentity): QueueAnswer;
  /** The queues that have not expired. */
  queues(): readonly QueueSummary[];
  /** Lets one queue expire, or all. */
  killQueue(queueId?: string): void;
  /** @throws TypeError if the id exists. */
  addConnection(connection?: NewConnection): LinxoConnection;
  /** The current state of a connection, as `GET /connections/{id}` returns it. */
  connection(id: string): LinxoConnection | undefined;
  /** The connections of one user, or of all. */
  connections(user?: string): readonly LinxoConnection[];
  /**
   * Starts a script, and stops a running one. The channels that its steps name are `RUNNING` at once, and so is the
   * connection; all channels, if no step names one. A channel whose status no step changes has the former one again after
   * the last step. A channel that the stopped script has left `RUNNING` or `CHALLENGE_REQUIRED` has the last status before
   * these again.
   *
   * @param script The name of a scenario, or steps. Default: `success`.
   * @throws TypeError for an invalid script, or an unknown connection.
   */
  synchronise(connectionId: string, script?: ScenarioName | Script, options?: SynchroniseOptions): void;
  /** Starts a random script: about nine events within 12 to 60 seconds. */
  synchroniseAtRandom(connectionId: string, options?: RandomSynchroniseOptions): void;
  /** Whether a script runs. It also runs while a challenge waits for its answer. */
  isSynchronising(connectionId: string): boolean;
  /** Applies one step now, independent of scripts. */
  publish(connectionId: string, happening: Happening): void;
  /** Answers a challenge, as the user would at the institution. False if there is no challenge. */
  answerChallenge(connectionId: string): boolean;
  /** The kind of a channel, for the poller's option `channelKind`. */
  channelKind(channelDefinitionId: string): ChannelKind | undefined;
  /** The newest 10,000 events, the oldest first. */
  readonly published: readonly PublishedEvent[];
}

/** The reader of a queue. Without a user, it may read the queues of all users. */
export interface ReaderIdentity {
  /** The user of the token. */
  readonly user?: string;
  /** Identifies the reader, for the read mode `per-reader`. */
  readonly reader?: string;
}

export const READER_FIELDS: NamesOf<ReaderIdentity> = { user: true, reader: true };

/** The result of a read. */
export type QueueAnswer =
  | {
      /** There are events. */
      readonly status: 200;
      /** The events, the oldest first. */
      readonly events: readonly LinxoEvent[];
    }
  | {
      /** Empty (204), of another user (403), expired or unknown (404, 410). */
      readonly status: 204 | 403 | 404 | 410;
    };

/** A summary of a queue. */
export interface QueueSummary {
  /** Its id. */
  readonly id: string;
  /** The user of the queue. */
  readonly user: string;
  /** The number of events in it. */
  readonly held: number;
}

/** A new connection. */
export interface NewConnection {
  /** @default the next free one of `connection-1`, `connection-2`, … */
  readonly id?: string;
  /** @default 'user-1' */
  readonly user?: string;
  /** @default `provider-` and the id */
  readonly providerId?: string;
  /** The name for the user. */
  readonly name?: string;
  /** New ones are `EMPTY`. @default one of each kind: 8700 (EMBEDDED) and 8701 (REDIRECT) for the first provider */
  readonly channels?: readonly NewChannel[];
}

/** A channel of a new connection. */
export interface NewChannel {
  /** Scraping, or the PSD2 API. */
  readonly kind: ChannelKind;
  /** @default the id of the provider's channel of this kind */
  readonly id?: string;
}

/** The options of a random synchronisation. */
export interface RandomSynchroniseOptions extends SynchroniseOptions {
  /** @default continues the random numbers of the last one */
  readonly seed?: number;
  /**
   * The probability per channel that it ends with an action for the user, `PARTIAL_SUCCESS`, `CLOSED` or `EMPTY`.
   *
   * @default 0.15
   */
  readonly trouble?: number;
}

/** An event with its time. */
export interface PublishedEvent {
  /** In ms, on the clock of the sandbox. */
  readonly at: number;
  /** The event. */
  readonly event: LinxoEvent;
}
