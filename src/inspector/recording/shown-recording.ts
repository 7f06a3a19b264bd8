import { isBanksideError } from '../../errors.ts';
import { eventTime } from '../../memory/event-time.ts';
import type { Recorder, RecordOptions } from '../../recording/recorder.ts';
import type { RecordingEnd, RecordingState } from '../model/recording-words.ts';

/** The recording of one element: at most one at a time, the last one, and what the panel shows of it. */
export class ShownRecording {
  readonly #record: (options?: RecordOptions) => Recorder;
  readonly #changed: () => void;
  #last: Recorder | undefined;
  #startedAt = 0;
  #shown: RecordingState | 'running' | undefined;

  /** @param record Starts a recorder. @param changed Called after each change of the state, but for time and size. */
  constructor(record: (options?: RecordOptions) => Recorder, changed: () => void) {
    this.#record = record;
    this.#changed = changed;
  }

  get isRunning(): boolean {
    return this.#shown === 'running';
  }

  get state(): RecordingState | undefined {
    if (this.#shown !== 'running') return this.#shown;
    return { state: 'running', duration: eventTime() - this.#startedAt, bytes: this.#last?.bytes ?? 0 };
  }

  /** Whether there is a recording that has ended. */
  get hasFile(): boolean {
    return this.#last !== undefined && !this.isRunning;
  }

  /** The last recording, if it has ended. */
  get file(): RecordingFile | undefined {
    if (!this.#last || this.isRunning) return undefined;
    return { name: fileName(this.#startedAt), text: this.#last.text() };
  }

  /** Shows what will be in the file. */
  offer(): void {
    if (!this.isRunning) this.#show({ state: 'offered' });
  }

  /** Ends the one that runs, and starts another. Throws as `record` does. */
  start(options?: RecordOptions): Recorder {
    const recorder = this.#record(options);
    this.stop('replaced');
    this.#last = recorder;
    this.#startedAt = eventTime();
    this.#show('running');
    return {
      get bytes() {
        return recorder.bytes;
      },
      recording: () => recorder.recording(),
      text: () => recorder.text(),
      stop: () => {
        if (this.#last === recorder) this.stop('button');
      },
    };
  }

  /** The same for the button: the panel shows what went wrong. */
  press(): void {
    try {
      this.start();
    } catch (error) {
      const why = isBanksideError(error) ? error.message : 'The recording could not start.';
      this.#show({ state: 'failed', why });
    }
  }

  stop(end: RecordingEnd): void {
    const recorder = this.#last;
    if (!recorder || !this.isRunning) return;
    const { bytes } = recorder;
    recorder.stop();
    const { duration, isCut } = recorder.recording();
    this.#show({ state: 'ended', end, duration, bytes, isCut });
  }

  /** Ends it, and forgets it. */
  close(): void {
    this.stop('button');
    this.#last = undefined;
    this.#show(undefined);
  }

  #show(shown: RecordingState | 'running' | undefined): void {
    this.#shown = shown;
    this.#changed();
  }
}

interface RecordingFile {
  readonly name: string;
  readonly text: string;
}

/** Such as `bankside-recording-2026-03-01-140307.json`, in UTC. */
function fileName(startedAt: number): string {
  const [date = '', time = ''] = new Date(startedAt).toISOString().slice(0, 19).split('T');
  return `bankside-recording-${date}-${time.replaceAll(':', '')}.json`;
}
