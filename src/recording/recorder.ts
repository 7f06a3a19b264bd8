import type { QueuePoller, WidgetBridge } from '../index.ts';
import type { Recording } from './recording.ts';

/** The members of a bridge that a recorder uses. */
export type RecordedBridge = Pick<WidgetBridge, 'on' | 'queue'>;

/** The members of a poller that a recorder uses. */
export type RecordedPoller = Pick<QueuePoller, 'on' | 'getSnapshot'>;

/** The options of `record`. */
export interface RecordOptions {
  /**
   * Further fields whose values stay as they are: `true` for all values, or a list of those that stay. The fields and values
   * that the recorder knows need not be named. Name only fields that never hold anything personal.
   */
  readonly allow?: Readonly<Record<string, true | readonly string[]>>;
  /** The size of the file, in bytes, above which nothing more is recorded. @default 5_000_000 */
  readonly maxBytes?: number;
}

/** Records what a bridge and a poller do, until `stop`. */
export interface Recorder {
  /** The size of {@link text} so far, in bytes, give or take 250. Cheap to read: it is counted while recording. */
  readonly bytes: number;
  /** What was recorded so far. A new object each time. */
  recording(): Recording;
  /** The same as the text of a file: JSON, one request or step a line. */
  text(): string;
  /** Stops recording, and forgets which value has which placeholder. What was recorded can still be read. */
  stop(): void;
}
