import type { FaultKind, FaultServer } from './fault.ts';
import { redactTokens, type TokenState } from './tokens.ts';

/** One request that reached a server. Tokens are never in it, only what became of them. */
export interface LogEntry {
  /** ISO 8601. */
  readonly at: string;
  /** Which server it reached. */
  readonly server: FaultServer;
  /** Straight from the page, or through the gateway that adds the token. */
  readonly via: 'page' | 'gateway';
  /** The command, when the body named one; of `linxo`, what was asked for. */
  readonly type: string | undefined;
  /** The `x-request-id` header, when the page sent one. */
  readonly requestId: string | undefined;
  /** Whether the token that came was good. */
  readonly token: TokenState;
  /** The fault that this request met. */
  readonly fault: FaultKind | undefined;
  /** Of the HTTP answer; `undefined` while there is none, and for good if the connection broke. */
  readonly status: number | undefined;
}

export type Arrival = Pick<LogEntry, 'server' | 'via' | 'type' | 'requestId' | 'token'>;

export interface RequestLog {
  readonly entries: readonly LogEntry[];
  /** `secret` is the token that came, to be kept out of the entry. Returns the way to complete it. */
  add(
    arrival: Arrival,
    secret: string | null,
  ): (outcome: Partial<Pick<LogEntry, 'fault' | 'status'>>) => void;
  clear(): void;
}

const CAPACITY = 1_000;
const LONGEST = 80;

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
  // As a new string: engines keep all of a text for as long as a part of it is kept.
  return redactTokens(text, secret).slice(0, LONGEST).split('').join('');
}
