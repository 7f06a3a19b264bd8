import type { FaultKind, FaultServer, LinxoOperation } from './fault.ts';
import { SERVER_NAMES } from './server-names.ts';

/** Where a kind of fault can strike, and what is said of it. */
export interface KindOfFault {
  readonly fields: readonly string[];
  readonly servers: readonly FaultServer[];
  /** Of the event queue's operations. Left out: all. */
  readonly operations?: readonly LinxoOperation[];
  /** A read of a queue that would find nothing is none of its business. */
  readonly wantsEvents?: boolean;
}

const LINXO: readonly FaultServer[] = ['linxo'];
const ALL: readonly FaultServer[] = [...SERVER_NAMES, ...LINXO];

export const KINDS_OF_FAULT: Readonly<Record<FaultKind, KindOfFault>> = {
  slow: { fields: ['ms'], servers: ALL },
  error: { fields: ['status', 'body', 'retryAfter', 'retryAfterForm'], servers: ALL },
  never: { fields: [], servers: ALL },
  twice: { fields: ['ms'], servers: SERVER_NAMES },
  late: { fields: ['ms'], servers: SERVER_NAMES },
  garbage: { fields: [], servers: ALL },
  network: { fields: [], servers: ALL },
  'stale-token': { fields: [], servers: ALL },
  base64: { fields: [], servers: SERVER_NAMES },
  lost: { fields: [], servers: LINXO, wantsEvents: true },
  'silently-lost': { fields: [], servers: LINXO, operations: ['queue'], wantsEvents: true },
  truncated: { fields: [], servers: LINXO, operations: ['queue', 'connection'], wantsEvents: true },
  duplicate: { fields: [], servers: LINXO, operations: ['queue'], wantsEvents: true },
  malformed: { fields: [], servers: LINXO, operations: ['queue'], wantsEvents: true },
  burst: { fields: ['events'], servers: LINXO, operations: ['queue'] },
  gone: { fields: [], servers: LINXO, operations: ['queue'] },
};

export const FAULT_SERVERS: readonly FaultServer[] = ALL;

export const LINXO_OPERATIONS: readonly LinxoOperation[] = ['subscribe', 'queue', 'connection'];
