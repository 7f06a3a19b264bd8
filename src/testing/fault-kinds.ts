import * as z from 'zod/mini';
import type { FaultKind, FaultServer, LinxoOperation, Misbehaviour } from './fault.ts';
import { choice, wholeNumber } from './field-schemas.ts';
import type { Shape } from './fields.ts';
import { SERVER_NAMES } from './server-names.ts';

/** Where a kind of fault can strike, and what is said of it. */
export interface KindOfFault<K extends FaultKind = FaultKind> {
  readonly fields: Shape<Omit<Extract<Misbehaviour, { kind: K }>, 'kind'>>;
  readonly servers: readonly FaultServer[];
  /** Of the event queue's operations. Left out: all. */
  readonly operations?: readonly LinxoOperation[];
  /** A read of a queue that would find nothing is none of its business. */
  readonly wantsEvents?: boolean;
}

const LINXO: readonly FaultServer[] = ['linxo'];
const ALL: readonly FaultServer[] = [...SERVER_NAMES, ...LINXO];

const MS = z.optional(wholeNumber(0, 600_000));
const ERROR = {
  status: z.optional(wholeNumber(400, 599)),
  body: z.optional(choice(['json', 'html', 'empty'])),
  retryAfter: z.optional(wholeNumber(0, 86_400)),
  retryAfterForm: z.optional(choice(['seconds', 'decimal', 'twice', 'date', 'past', 'unix', 'garbage'])),
};

export const KINDS_OF_FAULT: { readonly [K in FaultKind]: KindOfFault<K> } = {
  slow: { fields: { ms: MS }, servers: ALL },
  error: { fields: ERROR, servers: ALL },
  never: { fields: {}, servers: ALL },
  twice: { fields: { ms: MS }, servers: SERVER_NAMES },
  late: { fields: { ms: MS }, servers: SERVER_NAMES },
  garbage: { fields: {}, servers: ALL },
  network: { fields: {}, servers: ALL },
  'stale-token': { fields: {}, servers: ALL },
  base64: { fields: {}, servers: SERVER_NAMES },
  lost: { fields: {}, servers: LINXO, wantsEvents: true },
  'silently-lost': { fields: {}, servers: LINXO, operations: ['queue'], wantsEvents: true },
  truncated: { fields: {}, servers: LINXO, operations: ['queue', 'connection'], wantsEvents: true },
  duplicate: { fields: {}, servers: LINXO, operations: ['queue'], wantsEvents: true },
  malformed: { fields: {}, servers: LINXO, operations: ['queue'], wantsEvents: true },
  burst: { fields: { events: z.optional(wholeNumber(1, 100_000)) }, servers: LINXO, operations: ['queue'] },
  gone: { fields: {}, servers: LINXO, operations: ['queue'] },
};

export const FAULT_SERVERS: readonly FaultServer[] = ALL;

export const LINXO_OPERATIONS: readonly LinxoOperation[] = ['subscribe', 'queue', 'connection'];
