import type { FaultKind, FaultServer } from './faults/fault.ts';
import { redactTokens, type TokenState } from './tokens.ts';

/** A request that reached a server. It never contains the token, only its state. */
export interface LogEntry {
  /** ISO 8601. */
  readonly at: string;
  /** The server. */
  readonly server: FaultServer;
  /** Directly from the page, or through the gateway that adds the token. */
  readonly via: 'page' | 'gateway';
  /** The command, if the body named one; for `linxo`, the operation. */
  readonly type: string | undefined;
  /** The `x-request-id` header, if the page sent one. */
  readonly requestId: string | undefined;
  /** The state of the request's token. */
  readonly token: TokenState;
  /** The fault that applied to the request. */
  readonly fault: FaultKind | undefined;
  /** The status of the HTTP answer. `undefined` before the answer, and after a network error. */
  readonly status: number | undefined;
}

type Arrival = Pick<LogEntry, 'server' | 'via' | 'type' | 'requestId' | 'token'>;

export interface RequestLog {
  readonly entries: readonly LogEntry[];
  /** @param secret The request's token, which must not appear in the entry. @returns Completes the entry. */
  add(
    arrival: Arrival,
    secret: string | null,
  ): (outcome: Partial<Pick<LogEntry, 'fault' | 'status'>>) => void;
  clear(): void;
}

const CAPACITY = 1_000;
const MAX_LENGTH = 80;

export function createRequestLog(): RequestLog {
  const entries: LogEntry[] = [];

  return {
    entries,
    add(arrival, secret) {
      const entry = {
        ...arrival,
        at: new Date().toISOString(),
        type: clean(arrival.type, secret),
        requestId: clean(arrival.requestId, secret),
        fault: undefined,
        status: undefined,
      };
      entries.push(entry);
      if (entries.length > CAPACITY) entries.shift();
      return (outcome) => void Object.assign(entry, outcome);
    },
    clear() {
      entries.length = 0;
    },
  };
}

function clean(text: string | undefined, secret: string | null): string | undefined {
  if (text === undefined) return undefined;
  // Copied, because a slice would keep the whole text in memory.
  return redactTokens(text, secret).slice(0, MAX_LENGTH).split('').join('');
}
