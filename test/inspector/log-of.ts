import type { Entry, RequestEntry } from '../../src/inspector/model/entry.ts';
import { LifeLog } from '../../src/inspector/model/life-log.ts';
import type { LifeEvent, LifeEvents } from '../../src/monitoring.ts';

/** When the first thing happened, in ms since the epoch. */
export const START: number = Date.UTC(2026, 0, 5, 9);

/** An event, so many ms after the start. */
export function event<K extends keyof LifeEvents>(kind: K, after: number, fields: LifeEvents[K]): LifeEvent {
  return { kind, at: START + after, ...fields } as LifeEvent;
}

/** What all events of one request have. */
export function request(call: number, type = 'getInsights'): LifeEvents['request'] {
  return { call, requestId: `id-${call}`, server: 'pserver', type };
}

export function logOf(...events: readonly LifeEvent[]): LifeLog {
  const log = new LifeLog();
  for (const one of events) log.take(one);
  return log;
}

/** All that a log holds. */
export function entriesIn(log: LifeLog): readonly Entry[] {
  const entries: Entry[] = [];
  log.entries.forEach((entry) => {
    entries.push(entry);
  });
  return entries;
}

/** The requests that a log holds. */
export function requestsIn(log: LifeLog): readonly RequestEntry[] {
  return entriesIn(log).filter((entry) => entry.kind === 'request');
}

/** A failure of a request that was under way. */
export function failure(call: number, after: number, code: LifeEvents['failure']['code']): LifeEvent {
  const fields = { duration: after, status: undefined, timeout: undefined };
  return event('failure', after, { ...request(call), code, ...fields });
}

/** A step of a transport that tells. */
export function attempt(
  call: number,
  after: number,
  state: LifeEvents['attempt']['state'],
  count: number,
  status?: number,
): LifeEvent {
  return event('attempt', after, { ...request(call), state, count, status });
}
