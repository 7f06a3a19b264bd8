import { type Entry, isTrouble, stateOf } from '../model/entry.ts';
import { formatDuration, formatTime, wordsOf } from '../model/words.ts';
import { makeElement, setText } from './make-element.ts';

const CELLS = ['time', 'mark', 'name', 'place', 'state', 'took'] as const;

/** The symbol and the colour of each state. */
const TONES = {
  answered: ['●', 'good'],
  failed: ['✕', 'bad'],
  late: ['◆', 'odd'],
  twice: ['◆', 'odd'],
  superseded: ['◆', 'odd'],
  token: ['○', 'warn'],
  retry: ['↻', 'busy'],
  sent: ['▸', 'busy'],
} as const;

/** A row of the list. It is reused for other entries. */
export class EntryRow {
  readonly element: HTMLElement;
  readonly #cells = Object.fromEntries(
    CELLS.map((name) => [name, makeElement('span', { class: name })]),
  ) as Record<(typeof CELLS)[number], HTMLSpanElement>;
  #shown: Entry | undefined;

  constructor() {
    this.#cells.mark.setAttribute('aria-hidden', 'true');
    this.element = makeElement('div', { role: 'option', class: 'row' }, ...Object.values(this.#cells));
  }

  render(entry: Entry, index: number, count: number, isChosen: boolean, now: number): void {
    const cells = this.#cells;
    set(this.element, 'id', `entry-${entry.number}`);
    set(this.element, 'aria-posinset', `${index + 1}`);
    set(this.element, 'aria-setsize', `${count}`);
    set(this.element, 'aria-selected', `${isChosen}`);
    setText(cells.took, tookOf(entry, now));
    if (this.#shown === entry) return;
    this.#shown = entry;
    const { title, place, state } = wordsOf(entry);
    const [mark, tone] = toneOf(entry);
    set(this.element, 'data-tone', tone);
    setText(cells.time, formatTime(entry.at));
    setText(cells.mark, mark);
    setText(cells.name, title);
    setText(cells.place, place);
    setText(cells.state, state);
  }
}

function toneOf(entry: Entry): readonly [mark: string, tone: string] {
  if (entry.kind === 'request') return TONES[stateOf(entry)];
  if (entry.event.kind === 'queue.connection' && entry.event.isDoubtful) return ['?', 'warn'];
  return isTrouble(entry) ? ['▲', entry.event.kind === 'queue.channel' ? 'warn' : 'bad'] : ['·', 'plain'];
}

function tookOf(entry: Entry, now: number): string {
  if (entry.kind === 'request') return formatDuration((entry.end?.at ?? now) - entry.at);
  return entry.event.kind === 'queue.poll' ? formatDuration(entry.event.duration) : '';
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
