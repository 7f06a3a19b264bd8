import type { NewChannel } from './channel-directory.ts';
import type { ChannelKind, LinxoConnection } from './linxo-connection.ts';
import type { LinxoEvent } from './linxo-event.ts';
import type { ScenarioName } from './scenarios.ts';
import type { Happening, Script } from './script.ts';
import type { SynchroniseOptions } from './synchronisations.ts';

/** What is known to a queue's server, without HTTP. There are no timers: it catches up when it is asked. */
export interface QueueService {
  /** Returns the id of a queue that holds what happens to this user's connections from now on. */
  subscribe(user?: string): string;
  /** Gives the queue its whole lifetime again. */
  read(queueId: string, reader?: QueueReader): QueueAnswer;
  /** Those that are alive. */
  queues(): readonly QueueSummary[];
  /** This one dies now, or all. */
  killQueue(queueId?: string): void;
  /** Throws a `TypeError` if there is one of that id. */
  addConnection(connection?: NewConnection): LinxoConnection;
  /** The truth, as it would go over the wire now. */
  connection(id: string): LinxoConnection | undefined;
  /** One user's, or all. */
  connections(user?: string): readonly LinxoConnection[];
  /**
   * Plays a script from now on, in place of one that still runs. Throws a `TypeError` if the script makes no
   * sense, or there is no such connection.
   *
   * @param script  a scenario's name, or steps; default: `success`
   */
  synchronise(connectionId: string, script?: ScenarioName | Script, options?: SynchroniseOptions): void;
  /** About nine events within 12 to 60 seconds. */
  synchroniseAtRandom(connectionId: string, options?: RandomSynchroniseOptions): void;
  /** Whether anything of a script is still to come; a challenge that waits for its answer is. */
  isSynchronising(connectionId: string): boolean;
  /** This happens now, beside any script. */
  publish(connectionId: string, happening: Happening): void;
  /** As if the user had answered at the institution. False if nothing was asked. */
  answerChallenge(connectionId: string): boolean;
  /** Of which kind a channel is: what the option `channelKind` of a poller is asked. */
  channelKind(channelDefinitionId: string): ChannelKind | undefined;
  /** Every event that was made, oldest first, the last 10,000. */
  readonly published: readonly PublishedEvent[];
}

/** Who reads a queue. A user who is not named may read all. */
export interface QueueReader {
  /** Whose token it comes with. */
  readonly user?: string;
  /** Tells readers of one queue apart, where each gets its own. */
  readonly reader?: string;
}

/** What a read of a queue is answered with. */
export type QueueAnswer =
  | {
      /** There are events. */
      readonly status: 200;
      /** What has waited in it, oldest first. */
      readonly events: readonly LinxoEvent[];
    }
  | {
      /** Empty, another user's, or dead. */
      readonly status: 204 | 403 | 404 | 410;
    };

/** A queue from outside. */
export interface QueueSummary {
  /** Its id. */
  readonly id: string;
  /** Whose connections it tells of. */
  readonly user: string;
  /** How many events wait in it. */
  readonly held: number;
}

/** A connection that is to be made. */
export interface NewConnection {
  /** @default the next of `connection-1`, `connection-2`, … */
  readonly id?: string;
  /** @default 'user-1' */
  readonly user?: string;
  /** @default the id with `provider-` before it */
  readonly providerId?: string;
  /** What the user may know it by. */
  readonly name?: string;
  /** @default one of each kind, 8700 (EMBEDDED) and 8701 (REDIRECT) for the first provider */
  readonly channels?: readonly NewChannel[];
}

/** How a synchronisation by chance is played. */
export interface RandomSynchroniseOptions extends SynchroniseOptions {
  /** @default chance goes on where the last one ended */
  readonly seed?: number;
  /** Each channel's chance to end with the user owing something. @default 0.15 */
  readonly trouble?: number;
}

/** An event that was made. */
export interface PublishedEvent {
  /** When, in ms on the clock of the sandbox. */
  readonly at: number;
  /** What. */
  readonly event: LinxoEvent;
}
