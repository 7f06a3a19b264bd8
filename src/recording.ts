/**
 * Records what a bridge and a poller do, as JSON without personal values.
 *
 * @module bankside/recording
 */

export { record } from './recording/record.ts';
export type { RecordedBridge, RecordedPoller, Recorder, RecordOptions } from './recording/recorder.ts';
export type {
  QueueStep,
  RecordedAttempt,
  RecordedChannel,
  RecordedConnection,
  RecordedEnd,
  RecordedQueue,
  RecordedRequest,
  Recording,
} from './recording/recording.ts';
