import { type Entry, isTrouble } from './entry.ts';
import type { Ring } from './ring.ts';
import { wordsOf } from './words.ts';

/** Which entries are shown. */
export type Choice = 'all' | 'requests' | 'pending' | 'trouble' | 'queue';

export const CHOICES: Readonly<Record<Choice, string>> = {
  all: 'All but empty reads',
  requests: 'Requests',
  pending: 'Pending',
  trouble: 'Trouble',
  queue: 'Queue, empty reads too',
};

const FITS: Readonly<Record<Choice, (entry: Entry) => boolean>> = {
  all: (entry) => !isEmptyRead(entry),
  requests: (entry) => entry.kind === 'request',
  pending: (entry) => entry.kind === 'request' && !entry.end,
  trouble: isTrouble,
  queue: (entry) => entry.kind === 'moment' && entry.event.kind.startsWith('queue.'),
};

export interface Filter {
  readonly choice: Choice;
  /** Words that all have to be in what a line says. */
  readonly text: string;
}

/** The entries that fit, the oldest first. */
export function filtered(entries: Ring<Entry>, { choice, text }: Filter): readonly Entry[] {
  const fits = FITS[choice];
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: Entry[] = [];
  entries.forEach((entry) => {
    if (fits(entry) && (wanted.length === 0 || holds(entry, wanted))) found.push(entry);
  });
  return found;
}

/** Filters anew only where the entries or the filter are others. */
export class FilterMemory {
  #entries: Ring<Entry> | undefined;
  #changes = 0;
  #filter: Filter | undefined;
  #found: readonly Entry[] = [];

  filtered(entries: Ring<Entry>, filter: Filter): readonly Entry[] {
    const isSame = this.#entries === entries && this.#changes === entries.changes && this.#filter === filter;
    if (isSame) return this.#found;
    this.#entries = entries;
    this.#changes = entries.changes;
    this.#filter = filter;
    this.#found = filtered(entries, filter);
    return this.#found;
  }
}

function holds(entry: Entry, wanted: readonly string[]): boolean {
  const text = textOf(entry);
  return wanted.every((word) => text.includes(word));
}

/** Entries never change, so that each is put into words once. */
const texts = new WeakMap<Entry, string>();

function textOf(entry: Entry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const { title, place, state } = wordsOf(entry);
  const id = entry.kind === 'request' ? `${entry.requestId} ${entry.server}` : entry.event.kind;
  const text = `${title} ${place} ${state} ${id}`.toLowerCase();
  texts.set(entry, text);
  return text;
}

function isEmptyRead(entry: Entry): boolean {
  return entry.kind === 'moment' && entry.event.kind === 'queue.poll' && !entry.event.events;
}
