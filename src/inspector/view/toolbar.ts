import { CHOICES, type Choice, type Filter } from '../model/filter.ts';
import { makeButton, makeElement, makeSelect, setText } from './make-element.ts';

export interface ToolbarEvents {
  filter(filter: Filter): void;
  pause(): void;
  /** Offers a recording, or ends the one that runs. */
  record(): void;
  copy(): void;
  clear(): void;
}

export class Toolbar {
  readonly element: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #record: HTMLButtonElement;

  constructor(events: ToolbarEvents) {
    const search = makeElement('input', {
      type: 'search',
      placeholder: 'Filter',
      'aria-label': 'Filter by text',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const choice = makeSelect('What is shown', CHOICES, 'all');
    const changed = (): void => events.filter({ text: search.value, choice: choice.value as Choice });
    search.addEventListener('input', changed);
    choice.addEventListener('change', changed);
    this.#pause = makeButton('Pause', () => events.pause());
    this.#record = makeButton('Record', () => events.record());
    this.element = makeElement(
      'div',
      { class: 'bar' },
      makeElement('p', { class: 'title' }, 'Bankside inspector'),
      search,
      choice,
      this.#pause,
      this.#record,
      makeButton('Copy report', () => events.copy()),
      makeButton('Clear', () => events.clear()),
    );
  }

  focus(): void {
    this.#pause.focus();
  }

  focusRecord(): void {
    this.#record.focus();
  }

  render(isPaused: boolean, isRecording: boolean): void {
    setText(this.#record, isRecording ? 'Stop recording' : 'Record');
    const pressed = `${isPaused}`;
    if (this.#pause.getAttribute('aria-pressed') !== pressed)
      this.#pause.setAttribute('aria-pressed', pressed);
  }
}
