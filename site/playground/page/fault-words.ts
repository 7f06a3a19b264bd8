import type { Fault, FaultKind } from 'bankside/testing';
import { FAULT_KINDS } from '../../../src/testing/faults/read-fault.ts';

interface KindWords {
  readonly title: string;
  readonly help: string;
}

/** What each kind of fault is called, and what it does. */
export const KIND_WORDS: Readonly<Record<FaultKind, KindWords>> = {
  slow: { title: 'Slow answer', help: 'The answer comes late, but over the same request.' },
  error: { title: 'HTTP error', help: 'The server answers with an error status.' },
  never: { title: 'No answer', help: 'The server never answers.' },
  network: { title: 'Network error', help: 'The connection breaks.' },
  garbage: { title: 'Unreadable answer', help: 'An HTML page comes, with status 200.' },
  'stale-token': { title: 'Expired token', help: 'The server no longer accepts the token.' },
  twice: { title: 'Reply comes twice', help: 'Once as an answer, and once more as a pushed message.' },
  late: { title: 'Reply is pushed', help: 'No answer: the reply comes as a pushed message.' },
  base64: { title: 'Base64 answer', help: 'The answer is Base64 of JSON text.' },
  lost: { title: 'Lost events', help: 'Events leave the queue, then the connection breaks.' },
  'silently-lost': {
    title: 'Silently lost events',
    help: 'Events leave the queue, and the answer is empty.',
  },
  truncated: { title: 'Cut-off events', help: 'Events leave the queue, and their JSON ends in the middle.' },
  duplicate: { title: 'Events come again', help: 'The same events come twice, and with the next read.' },
  malformed: { title: 'Malformed event', help: 'One of the events cannot be read.' },
  burst: { title: 'Burst of events', help: 'Very many events come at once.' },
  gone: { title: 'Queue expires', help: 'The event queue no longer exists.' },
};

/** The servers as a visitor reads them. */
export const SERVER_WORDS: Readonly<Record<NonNullable<Fault['server']>, string>> = {
  pserver: 'Insights (pserver)',
  enrich: 'Transactions (enrich)',
  ob: 'Open Banking (ob)',
  linxo: 'Event queue (linxo)',
};

/** A fault in one line, such as `enrich, 3,000 ms, 2 requests`. What it does is in its kind. */
export function describeScope({ kind, server, type, count, probability, ...own }: Fault): string {
  const numbers: readonly string[] = Object.entries(own).map(([name, value]) => ownField(name, value));
  const often =
    probability === undefined
      ? requests(count ?? 1)
      : `${Math.round(probability * 10_000) / 100} % of requests`;
  const { servers } = FAULT_KINDS[kind];
  const place = server ?? (servers.length === 1 ? servers[0] : 'any server');
  return [place, type, ...numbers, often].filter((words) => words !== undefined).join(', ');
}

function ownField(name: string, value: unknown): string {
  if (name === 'ms') return `${value} ms`;
  if (name === 'events') return `${value} events`;
  return `${OWN_WORDS[name] ?? name} ${value}`;
}

const OWN_WORDS: Readonly<Record<string, string>> = { retryAfter: 'Retry-After', retryAfterForm: 'as' };

function requests(count: number): string {
  return count === 1 ? 'next request' : `next ${count} requests`;
}
