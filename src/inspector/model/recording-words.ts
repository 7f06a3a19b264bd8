import { formatDuration } from './words.ts';

/** Why a recording ended. `button`: by the user, or by `stop`. */
export type RecordingEnd = 'button' | 'replaced' | 'observe' | 'removed';

/** What is known of a recording. */
interface RecordingSize {
  /** In ms. */
  readonly duration: number;
  readonly bytes: number;
}

/** The recording that the panel shows. */
export type RecordingState =
  /** The panel says what will be in the file, and waits for the user. */
  | { readonly state: 'offered' }
  | ({ readonly state: 'running' } & RecordingSize)
  | ({ readonly state: 'ended'; readonly end: RecordingEnd; readonly isCut: boolean } & RecordingSize)
  /** It could not begin. */
  | { readonly state: 'failed'; readonly why: string };

/** What will be in the file. */
const CONTENT_WORDS =
  'The file will have the requests, replies and events from now on, with their times. Each value that may be personal is replaced. More in docs/recordings.md.';

const ENDS: Readonly<Record<RecordingEnd, string>> = {
  button: '',
  replaced: '',
  observe: ' It ended because the inspector shows another bridge or poller.',
  removed: ' It ended because the inspector left the page.',
};

export function recordingWords(shown: RecordingState): string {
  switch (shown.state) {
    case 'offered':
      return CONTENT_WORDS;
    case 'running':
      return `Recording: ${sizeWords(shown)}`;
    case 'failed':
      return shown.why;
    case 'ended': {
      const cut = shown.isCut ? ' It reached its limit of size: what came after is missing.' : '';
      return `Recorded: ${sizeWords(shown)}.${cut}${ENDS[shown.end]}`;
    }
  }
}

function sizeWords({ duration, bytes }: RecordingSize): string {
  // Whole seconds: the panel changes once a second.
  const whole = Math.floor(duration / 1_000) * 1_000;
  return `${whole < 60_000 ? `${whole / 1_000} s` : formatDuration(whole)}, ${formatBytes(bytes)}`;
}

/** Such as `812 bytes`, `4.2 kB`, `1.3 MB`. */
function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 999_950 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
