import { ANSWER } from './catalogue/answer.ts';
import { CONNECTION } from './catalogue/connection.ts';
import { CORS } from './catalogue/cors.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { PAGE } from './catalogue/page.ts';
import type { FindingId } from './finding-id.ts';

/** Everything that the doctor can find. */
export const CATALOGUE: Readonly<Record<FindingId, CatalogueEntry>> = {
  ...CONNECTION,
  ...CORS,
  ...ANSWER,
  ...PAGE,
};
