import { type Entry, isTrouble } from './entry.ts';
import type { Ring } from './ring.ts';
import { wordsOf } from './words.ts';

export type Choice = 'all' | 'requests' | 'pending' | 'trouble' | 'queue';

export const CHOICES: Readonly<Record<Choice, string>> = {
  all: 'All but empty polls',
  requests: 'Requests',
  pending: 'Pending',
  trouble: 'Trouble',
  queue: 'Queue, with empty polls',
};

const MATCHES: Readonly<Record<Choice, (entry: Entry) => boolean>> = {
  all: (entry) => !isEmptyPoll(entry),
  requests: (entry) => entry.kind === 'request',
  pending: (entry) => entry.kind === 'request' && !entry.end,
  trouble: isTrouble,
  queue: (entry) => entry.kind === 'moment' && entry.event.kind.startsWith('queue.'),
};

export interface Filter {
  readonly choice: Choice;
  /** Words that an entry must all contain. */
  readonly text: string;
}

/** The matching entries, the oldest first. @internal */
export function filtered(entries: Ring<Entry>, { choice, text }: Filter): readonly Entry[] {
  const matches = MATCHES[choice];
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: Entry[] = [];
  entries.forEach((entry) => {
    if (matches(entry) && (wanted.length === 0 || containsAll(entry, wanted))) found.push(entry);
  });
  return found;
}

/** Filters again only when the entries or the filter have changed. */
export class FilterCache {
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

function containsAll(entry: Entry, wanted: readonly string[]): boolean {
  const text = searchText(entry);
  return wanted.every((word) => text.includes(word));
}

/** Entries are immutable, so that the text of each is built once. */
const searchTexts = new WeakMap<Entry, string>();

function searchText(entry: Entry): string {
  const known = searchTexts.get(entry);
  if (known !== undefined) return known;
  const { title, place, state } = wordsOf(entry);
  const id = entry.kind === 'request' ? `${entry.requestId} ${entry.server}` : entry.event.kind;
  const text = `${title} ${place} ${state} ${id}`.toLowerCase();
  searchTexts.set(entry, text);
  return text;
}

function isEmptyPoll(entry: Entry): boolean {
  return entry.kind === 'moment' && entry.event.kind === 'queue.poll' && !entry.event.events;
}
