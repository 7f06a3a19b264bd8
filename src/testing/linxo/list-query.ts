const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/** One page of a list, by the parameters `page` (from 1) and `limit` (100, at most 500). */
export function pageOf<Item>(items: readonly Item[], query: URLSearchParams): readonly Item[] {
  const limit = Math.min(positive(query.get('limit')) ?? DEFAULT_LIMIT, MAX_LIMIT);
  const start = ((positive(query.get('page')) ?? 1) - 1) * limit;
  return items.slice(start, start + limit);
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** The values of a parameter that may be repeated, also in the spellings `name[]` and `name[0]`. */
export function valuesOf(query: URLSearchParams, ...names: readonly string[]): readonly string[] {
  return [...query].flatMap(([name, value]) => (names.includes(name.replace(/\[\d*\]$/, '')) ? value : []));
}

/** A date in unix seconds: written as a number, or as ISO 8601. NaN if it is neither. */
export function secondsOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1_000;
}
