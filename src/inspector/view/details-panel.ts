import { detailsOf, explain } from '../model/details.ts';
import type { Entry } from '../model/entry.ts';
import { wordsOf } from '../model/words.ts';
import { makeElement } from './make-element.ts';

/** The facts of the selected entry, and what they mean. */
export class DetailsPanel {
  readonly element: HTMLElement = makeElement('section', {
    class: 'details',
    'aria-label': 'Details',
    tabindex: '0',
  });
  #shown = '';

  render(entry: Entry | undefined, now: number): void {
    const lines = entry ? detailsOf(entry, now) : [];
    const heading = entry ? headingOf(entry) : '';
    const meaning = entry ? explain(entry) : '';
    const text = JSON.stringify([heading, meaning, lines]);
    if (text === this.#shown) return;
    this.#shown = text;
    if (!entry) {
      this.element.replaceChildren(
        makeElement('p', { class: 'hint' }, 'Choose a line, or a mark in the picture, to see its details.'),
      );
      return;
    }
    const terms = lines.flatMap(([term, said]) => [makeElement('dt', {}, term), makeElement('dd', {}, said)]);
    this.element.replaceChildren(
      makeElement('p', { class: 'heading' }, heading),
      ...(meaning ? [makeElement('p', {}, meaning)] : []),
      makeElement('dl', {}, ...terms),
    );
  }
}

function headingOf(entry: Entry): string {
  const { title, place, state } = wordsOf(entry);
  return [`${title}, ${place}`, state].filter(Boolean).join(': ');
}
