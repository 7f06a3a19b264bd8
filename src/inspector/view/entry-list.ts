import type { Entry } from '../model/entry.ts';
import { EntryRow } from './entry-row.ts';
import { makeElement } from './make-element.ts';

/** Extra rows above and below, so that fast scrolling shows no gap. */
const EXTRA_ROWS = 3;
/** Until a row has been measured, in pixels. */
const DEFAULT_ROW_HEIGHT = 34;

/**
 * The entries as a list box, which has elements only for the visible rows. While its end is visible, it scrolls with new
 * entries; else it keeps its position.
 */
export class EntryList {
  readonly element: HTMLElement;
  /** Shown instead of the list when it is empty. */
  readonly nothing: HTMLElement = makeElement(
    'p',
    { class: 'nothing' },
    'Nothing to show yet, or nothing that fits the filter.',
  );
  readonly #rows: HTMLElement = makeElement('div', { class: 'rows', role: 'presentation' });
  readonly #pool: EntryRow[] = [];
  readonly #choose: (number: number | undefined) => void;
  #entries: readonly Entry[] = [];
  #chosen: number | undefined;
  #rowHeight = DEFAULT_ROW_HEIGHT;
  #height = 0;
  #isAtEnd = true;
  /** The entry at the upper edge, and how many pixels of it are hidden. */
  #anchor = { number: 0, offset: 0 };
  /** The last known scroll position. */
  #top = 0;
  /** The time of the last render. */
  #now = 0;

  /** @param choose Called with the number of the selected entry. */
  constructor(choose: (number: number | undefined) => void) {
    this.#choose = choose;
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

  /** Reads the layout. Call it only when the layout has changed: this is slow. */
  measure(): void {
    this.#height = this.element.clientHeight;
    const [row] = this.#pool;
    this.#rowHeight = row?.element.offsetHeight || DEFAULT_ROW_HEIGHT;
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
    this.nothing.hidden = entries.length > 0;
  }

  /** Scrolls to an entry with the next render. */
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
    const first = Math.max(0, Math.floor(top / this.#rowHeight) - EXTRA_ROWS);
    const last = Math.min(
      this.#entries.length,
      Math.ceil((top + this.#height) / this.#rowHeight) + EXTRA_ROWS,
    );
    let isChosenVisible = false;
    for (let place = 0; place < Math.max(last - first, this.#pool.length); place += 1) {
      const index = first + place;
      const entry = index < last ? this.#entries[index] : undefined;
      const row = this.#pool[place] ?? this.#addRow();
      row.element.hidden = !entry;
      if (!entry) continue;
      const isChosen = entry.number === this.#chosen;
      isChosenVisible ||= isChosen;
      row.element.style.transform = `translateY(${index * this.#rowHeight}px)`;
      row.render(entry, index, this.#entries.length, isChosen, this.#now);
    }
    if (isChosenVisible) this.element.setAttribute('aria-activedescendant', `entry-${this.#chosen}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #addRow(): EntryRow {
    const row = new EntryRow();
    this.#pool.push(row);
    this.#rows.append(row.element);
    return row;
  }

  #scrolled(): void {
    const { scrollTop } = this.element;
    // This may be the late event of an earlier `render`.
    if (Math.abs(scrollTop - this.#top) < 1) return;
    this.#top = scrollTop;
    this.#keepTo(scrollTop);
    // Now, because the browser paints right after the event.
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
    this.#choose(this.#chosen);
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
