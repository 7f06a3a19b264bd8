import type { FindingId, Severity } from '../finding-id.ts';
import type { Remedy } from '../remedies.ts';

/** What is known of a kind of finding before it is found. */
export interface CatalogueEntry {
  readonly severity: Severity;
  /** What it does to a page, with the code of the error that the page gets. */
  readonly effect: string;
  /** What to do. */
  readonly advice: string;
  /** What to configure, where configuration ends it. The check adds the page's origin and the names of headers. */
  readonly remedy?: Remedy;
}

/** Findings of one kind. */
export type CatalogueEntries = Partial<Record<FindingId, CatalogueEntry>>;

export const NOTHING_ARRIVES = 'Every request fails with NETWORK, and none arrives.';
