import type { Entry } from '../model/entry.ts';
import { type EntryRow, makeEntryRow } from './entry-row.ts';
import { makeElement, setText } from './make-element.ts';

/** Rows beyond the edge, so that a swift scroll meets no gap. */
const BEYOND = 3;
/** Before a row was measured, in pixels. */
const USUAL_HEIGHT = 34;

/**
 * The entries as a list box. Only the rows in sight are there, however many entries there are. It keeps to its end while
 * that is in sight, and else to what is being read.
 */
export class EntryList {
  readonly element: HTMLElement;
  readonly #rows: HTMLElement = makeElement('div', { class: 'rows', role: 'presentation' });
  readonly #nothing: HTMLElement = makeElement('p', { class: 'nothing' });
  readonly #pool: EntryRow[] = [];
  readonly #tellChosen: (number: number | undefined) => void;
  #entries: readonly Entry[] = [];
  #chosen: number | undefined;
  #rowHeight = USUAL_HEIGHT;
  #height = 0;
  #isAtEnd = true;
  /** The entry at the upper edge, and how far it is above it. */
  #anchor = { number: 0, offset: 0 };
  /** How far it is scrolled, as far as is known here. */
  #top = 0;
  /** The time of the last rendering. */
  #now = 0;

  /** @param choose Is told which entry was chosen. */
  constructor(choose: (number: number | undefined) => void) {
    this.#tellChosen = choose;
    this.element = makeElement(
      'div',
      { class: 'list', role: 'listbox', tabindex: '0', 'aria-label': 'What happened, oldest first' },
      this.#rows,
    );
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#press(event));
    this.element.addEventListener('click', ({ target }) => {
      const id = target instanceof Element ? target.closest('.row')?.id : undefined;
      if (id) choose(Number(id.slice('entry-'.length)));
    });
  }

  /** What stands there instead of entries. */
  get nothing(): HTMLElement {
    return this.#nothing;
  }

  /** The only reading of the layout, when that has changed. */
  measure(): void {
    this.#height = this.element.clientHeight;
    const [row] = this.#pool;
    this.#rowHeight = row?.element.offsetHeight || USUAL_HEIGHT;
  }

  render(entries: readonly Entry[], chosen: number | undefined, now: number): void {
    const isFirst = this.#entries.length === 0 && entries.length > 0;
    this.#entries = entries;
    this.#chosen = chosen;
    this.#now = now;
    const total = entries.length * this.#rowHeight;
    this.#rows.style.height = `${total}px`;
    const top = this.#isAtEnd || isFirst ? Math.max(0, total - this.#height) : this.#topOfAnchor();
    this.#top = top;
    if (Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
    this.#renderRows(top);
    if (isFirst) this.measure();
    this.#nothing.hidden = entries.length > 0;
    setText(this.#nothing, 'Nothing to show yet, or nothing that fits the filter.');
  }

  /** Brings an entry into sight, with the next rendering. */
  reveal(number: number): void {
    const index = indexOf(this.#entries, number);
    const found = this.#entries[index];
    if (!found) return;
    const top = index * this.#rowHeight;
    const above = this.#top;
    if (top < above) this.#keepTo(top);
    else if (top + this.#rowHeight > above + this.#height) this.#keepTo(top + this.#rowHeight - this.#height);
    else this.#keepTo(above);
  }

  #keepTo(top: number): void {
    const total = this.#entries.length * this.#rowHeight;
    const index = Math.min(this.#entries.length - 1, Math.max(0, Math.floor(top / this.#rowHeight)));
    this.#isAtEnd = top >= total - this.#height - 1;
    this.#anchor = {
      number: this.#entries[index]?.number ?? 0,
      offset: Math.max(0, top) - index * this.#rowHeight,
    };
  }

  #topOfAnchor(): number {
    return indexOf(this.#entries, this.#anchor.number) * this.#rowHeight + this.#anchor.offset;
  }

  #renderRows(top: number): void {
    const first = Math.max(0, Math.floor(top / this.#rowHeight) - BEYOND);
    const last = Math.min(this.#entries.length, Math.ceil((top + this.#height) / this.#rowHeight) + BEYOND);
    let isChosenThere = false;
    for (let place = 0; place < Math.max(last - first, this.#pool.length); place += 1) {
      const index = first + place;
      const entry = index < last ? this.#entries[index] : undefined;
      const row = this.#pool[place] ?? this.#addRow();
      row.element.hidden = !entry;
      if (!entry) continue;
      const isChosen = entry.number === this.#chosen;
      isChosenThere ||= isChosen;
      row.element.style.transform = `translateY(${index * this.#rowHeight}px)`;
      row.render(entry, index, this.#entries.length, isChosen, this.#now);
    }
    if (isChosenThere) this.element.setAttribute('aria-activedescendant', `entry-${this.#chosen}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #addRow(): EntryRow {
    const row = makeEntryRow();
    this.#pool.push(row);
    this.#rows.append(row.element);
    return row;
  }

  #scrolled(): void {
    const { scrollTop } = this.element;
    // The echo of one's own scrolling may come when another place is wanted already.
    if (Math.abs(scrollTop - this.#top) < 1) return;
    this.#top = scrollTop;
    this.#keepTo(scrollTop);
    // At once: a browser tells of it before it paints.
    this.#renderRows(scrollTop);
  }

  #press(event: KeyboardEvent): void {
    const entries = this.#entries;
    const at = this.#chosen === undefined ? undefined : indexOf(entries, this.#chosen);
    const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at === undefined ? entries.length - 1 : at + 1,
      ArrowUp: at === undefined ? entries.length - 1 : at - 1,
      PageDown: (at ?? 0) + page,
      PageUp: (at ?? entries.length) - page,
      Home: 0,
      End: entries.length - 1,
    };
    const to = moves[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.#chosen !== undefined) this.#chosen = undefined;
    else if (to === undefined) return;
    else this.#chosen = entries[Math.min(entries.length - 1, Math.max(0, to))]?.number;
    event.preventDefault();
    this.#tellChosen(this.#chosen);
  }
}

/** Where an entry is, or would be: they are in the order of their numbers. */
function indexOf(entries: readonly Entry[], number: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
