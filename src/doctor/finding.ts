import type { ServerName } from '../errors.ts';
import { CATALOGUE } from './catalogue.ts';
import type { FindingId, Severity } from './finding-id.ts';
import { type Fixes, fixesFor, type Remedy } from './remedies.ts';

export type { FindingId, Severity } from './finding-id.ts';

/** What is examined: a server of the widget, the server of the event queue, or the page itself. */
export type SubjectName = ServerName | 'linxo' | 'page';

/** Something that a page would suffer from. No field has a token, a query of an address, or the value of a secret header. */
export interface Finding {
  /** What kind it is. Names stay the same. */
  readonly id: FindingId;
  /** How bad it is. */
  readonly severity: Severity;
  /** The server, or the page itself. */
  readonly subject: SubjectName;
  /** The request that showed it, in words: `GET /linxo/queues/{id}, of a queue that does not exist`. */
  readonly request: string;
  /** What was seen. One sentence. */
  readonly seen: string;
  /** What it does to a page. One or two sentences. */
  readonly effect: string;
  /** What to do. One or two sentences. */
  readonly advice: string;
  /** The header to add, where a header ends it: `Access-Control-Max-Age: 7200`. */
  readonly header?: string | undefined;
  /** How to do it with the gateways that banks use, where their configuration can. */
  readonly fixes?: Fixes | undefined;
}

/** What a check knows of its finding. The rest is in the catalogue. */
export interface FindingOptions {
  readonly id: FindingId;
  readonly subject: SubjectName;
  readonly request: string;
  readonly seen: string;
  /** What a remedy needs: the page's origin, the names of headers. */
  readonly remedy?: Partial<Remedy>;
}

export function finding({ id, subject, request, seen, remedy = {} }: FindingOptions): Finding {
  const { severity, effect, advice, remedy: known } = CATALOGUE[id];
  const whole = known && { ...known, ...remedy };
  return { id, severity, subject, request, seen, effect, advice, ...(whole && fixesFor(whole)) };
}
