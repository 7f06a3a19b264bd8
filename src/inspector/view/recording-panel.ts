import { type RecordingState, recordingWords } from '../model/recording-words.ts';
import type { ShownRecording } from '../recording/shown-recording.ts';
import type { CopiedName } from './copy-text.ts';
import { makeButton, makeElement, setText } from './make-element.ts';
import { saveFile } from './save-file.ts';

export interface RecordingPanelEvents {
  closed(): void;
  copy(text: string, name: CopiedName): void;
}

/** What will be in a recording, how far it is, and its file. Hidden until the user or the page begins one. */
export class RecordingPanel {
  readonly element: HTMLElement;
  readonly #recording: ShownRecording;
  readonly #state = makeElement('p', { class: 'state' });
  /** Starts it, or stops it: one button, so that the keyboard's focus stays. */
  readonly #action: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;

  constructor(recording: ShownRecording, events: RecordingPanelEvents) {
    this.#recording = recording;
    this.#action = makeButton('Start recording', () => {
      if (!recording.isRunning) return recording.press();
      recording.stop('button');
      this.#save.focus(); // the button that was pressed is hidden
    });
    this.#save = makeButton('Save recording', () => {
      if (recording.file) saveFile(recording.file);
    });
    this.#copy = makeButton('Copy recording', () => {
      if (recording.file) events.copy(recording.file.text, 'recording');
    });
    const close = makeButton('Close', () => {
      recording.close();
      events.closed();
    });
    close.setAttribute('aria-label', 'Close the recording');
    const heading = makeElement('p', { class: 'title' }, 'Recording');
    this.element = makeElement(
      'section',
      { class: 'recording', 'aria-label': 'Recording' },
      makeElement('div', { class: 'bar' }, heading, this.#action, this.#save, this.#copy, close),
      this.#state,
    );
    this.element.hidden = true;
  }

  /** Shows what will be in the file. */
  offer(): void {
    this.#recording.offer();
    this.#action.focus();
  }

  render(shown: RecordingState | undefined): void {
    this.element.hidden = shown === undefined;
    if (!shown) return;
    this.element.dataset['state'] = shown.state;
    setText(this.#state, recordingWords(shown));
    setText(this.#action, shown.state === 'running' ? 'Stop recording' : 'Start recording');
    this.#action.hidden = shown.state === 'ended';
    this.#save.hidden = this.#copy.hidden = !this.#recording.hasFile;
  }
}
