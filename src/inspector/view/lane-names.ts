import { makeElement, setText } from './make-element.ts';
import type { PictureLayout } from './picture-layout.ts';

interface LaneName {
  readonly place: HTMLElement;
  readonly name: HTMLElement;
  readonly note: HTMLElement;
}

/** The names of the lanes, as text beside the picture. */
export class LaneNames {
  readonly element: HTMLElement = makeElement('div', { class: 'names' });
  readonly #names: LaneName[] = [];

  render({ lanes, height }: PictureLayout): void {
    this.element.style.height = `${height}px`;
    lanes.forEach(({ lane, top, height: high }, index) => {
      const { place, name, note } = this.#names[index] ?? this.#add();
      place.hidden = false;
      place.style.top = `${top}px`;
      place.style.height = `${high}px`;
      setText(name, lane.name);
      setText(note, lane.note);
      place.title = [lane.name, lane.note].filter(Boolean).join(', ');
    });
    for (const { place } of this.#names.slice(lanes.length)) place.hidden = true;
  }

  #add(): LaneName {
    const name = makeElement('span', { class: 'lane' });
    const note = makeElement('span', { class: 'note' });
    const place = makeElement('div', {}, name, note);
    this.element.append(place);
    const added = { place, name, note };
    this.#names.push(added);
    return added;
  }
}
