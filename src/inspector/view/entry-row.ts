import { type Entry, isTrouble, stateOf } from '../model/entry.ts';
import { clock, lasting, wordsOf } from '../model/words.ts';
import { makeElement, setText } from './make-element.ts';

/** A line of the list, used again and again for other entries. */
export interface EntryRow {
  readonly element: HTMLElement;
  render(entry: Entry, index: number, count: number, isChosen: boolean, now: number): void;
}

const CELLS = ['time', 'mark', 'name', 'place', 'state', 'took'] as const;

/** A shape for each way that it can go, and a colour. */
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

export function makeEntryRow(): EntryRow {
  const cells = Object.fromEntries(
    CELLS.map((name) => [name, makeElement('span', { class: name })]),
  ) as Record<(typeof CELLS)[number], HTMLSpanElement>;
  cells.mark.setAttribute('aria-hidden', 'true');
  const element = makeElement('div', { role: 'option', class: 'row' }, ...Object.values(cells));
  let shown: Entry | undefined;
  return {
    element,
    render(entry, index, count, isChosen, now) {
      set(element, 'id', `entry-${entry.number}`);
      set(element, 'aria-posinset', `${index + 1}`);
      set(element, 'aria-setsize', `${count}`);
      set(element, 'aria-selected', `${isChosen}`);
      setText(cells.took, tookOf(entry, now));
      if (shown === entry) return;
      shown = entry;
      const { title, place, state } = wordsOf(entry);
      const [mark, tone] = toneOf(entry);
      set(element, 'data-tone', tone);
      setText(cells.time, clock(entry.at));
      setText(cells.mark, mark);
      setText(cells.name, title);
      setText(cells.place, place);
      setText(cells.state, state);
    },
  };
}

function toneOf(entry: Entry): readonly [mark: string, tone: string] {
  if (entry.kind === 'request') return TONES[stateOf(entry)];
  return isTrouble(entry) ? ['▲', entry.event.kind === 'queue.channel' ? 'warn' : 'bad'] : ['·', 'plain'];
}

function tookOf(entry: Entry, now: number): string {
  if (entry.kind === 'request') return lasting((entry.end?.at ?? now) - entry.at);
  return entry.event.kind === 'queue.poll' ? lasting(entry.event.duration) : '';
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
