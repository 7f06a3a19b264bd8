import type { WidgetBridge } from 'bankside';
import { element } from '../../../examples/showcase/shared/dom/element.js';

/** What the playground says in the bank's page: one line for each topic, the newest of it. */
export class Notices {
  readonly #place: HTMLElement;
  readonly #lines = new Map<string, HTMLElement>();

  /** @param place A live region. */
  constructor(place: HTMLElement) {
    this.#place = place;
  }

  showInPage(reason: string): void {
    this.#show('place', `The sandbox runs in this page. ${reason}`);
  }

  /** The page keeps what it knows of the former sandbox, and does not pretend otherwise. */
  showReopened(): void {
    const click = (): void => location.reload();
    const words =
      'The browser had ended the sandbox. A new one has begun, which knows no connection of before.';
    const button = element('button', { type: 'button', class: 'button-quiet', click }, 'Start over');
    this.#show('place', words, button);
  }

  showPlayed(sent: number, all: number): void {
    const isDone = sent === all;
    this.#show(
      'recording',
      isDone ? `The recording was played: ${all} of ${all}.` : `Playing a recording: ${sent} of ${all}`,
    );
  }

  /** Says which request failed last, and why. */
  watch(bridge: WidgetBridge): void {
    bridge.on('failure', ({ request, error }) => {
      this.#show('failure', `${request?.type ?? 'A call'} failed. ${error.message}`);
    });
  }

  #show(topic: string, words: string, button?: HTMLElement): void {
    const line = element('p', { class: 'notice', 'data-notice': topic }, words, ' ', button);
    const former = this.#lines.get(topic);
    if (former) former.replaceWith(line);
    else this.#place.append(line);
    this.#lines.set(topic, line);
  }
}
