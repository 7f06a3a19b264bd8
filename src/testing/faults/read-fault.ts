import * as z from 'zod/mini';
import { SERVER_NAMES } from '../../errors.ts';
import { choice, fields, given, named, oneOf, read, type Shape, TEXT, wholeNumber } from '../schemas.ts';
import type { Fault, FaultKind, FaultServer, LinxoOperation, Misbehaviour } from './fault.ts';

/** The fields of a kind of fault, and the requests that it can apply to. */
export interface FaultKindRules<K extends FaultKind = FaultKind> {
  readonly fields: Shape<Omit<Extract<Misbehaviour, { kind: K }>, 'kind'>>;
  readonly servers: readonly FaultServer[];
  /** The operations of the event queue. Default: all. */
  readonly operations?: readonly LinxoOperation[];
  /** It skips reads of a queue without events. */
  readonly needsEvents?: boolean;
}

const LINXO: readonly FaultServer[] = ['linxo'];
const ALL: readonly FaultServer[] = [...SERVER_NAMES, ...LINXO];

const READS: readonly LinxoOperation[] = ['queue', 'connection', 'account', 'transaction', 'user'];
const LINXO_OPERATIONS: readonly LinxoOperation[] = ['subscribe', ...READS];

const MS = z.optional(wholeNumber(0, 600_000));
const ERROR = {
  status: z.optional(wholeNumber(400, 599)),
  body: z.optional(choice(['json', 'html', 'empty'])),
  retryAfter: z.optional(wholeNumber(0, 86_400)),
  retryAfterForm: z.optional(choice(['seconds', 'decimal', 'twice', 'date', 'past', 'unix', 'garbage'])),
};

export const FAULT_KINDS: { readonly [K in FaultKind]: FaultKindRules<K> } = {
  slow: { fields: { ms: MS }, servers: ALL },
  error: { fields: ERROR, servers: ALL },
  never: { fields: {}, servers: ALL },
  twice: { fields: { ms: MS }, servers: SERVER_NAMES },
  late: { fields: { ms: MS }, servers: SERVER_NAMES },
  garbage: { fields: {}, servers: ALL },
  network: { fields: {}, servers: ALL },
  'stale-token': { fields: {}, servers: ALL },
  base64: { fields: {}, servers: SERVER_NAMES },
  lost: { fields: {}, servers: LINXO, needsEvents: true },
  'silently-lost': { fields: {}, servers: LINXO, operations: ['queue'], needsEvents: true },
  truncated: { fields: {}, servers: LINXO, operations: READS, needsEvents: true },
  duplicate: { fields: {}, servers: LINXO, operations: ['queue'], needsEvents: true },
  malformed: { fields: {}, servers: LINXO, operations: ['queue'], needsEvents: true },
  burst: { fields: { events: z.optional(wholeNumber(1, 100_000)) }, servers: LINXO, operations: ['queue'] },
  gone: { fields: {}, servers: LINXO, operations: ['queue'] },
};

const COUNT = wholeNumber(1, 1_000);
const PROBABILITY = z.number('a number above 0 and up to 1').check(z.gt(0), z.lte(1));

const KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

export const FAULT: z.ZodMiniType<Fault> = z.pipe(
  z.transform((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? given(value) : value,
  ),
  z.discriminatedUnion('kind', KINDS.map(faultOf) as never) as z.ZodMiniType<Fault>,
);

/** Validates a fault. @throws TypeError that names the invalid field. */
export function readFault(value: unknown): Fault {
  return read(FAULT, value, named('A fault'));
}

/** Rejects a fault that can apply to no request, such as a fault of the queue with the server `pserver`. */
function faultOf(kind: FaultKind): z.ZodMiniType<Fault> {
  const { fields: own, servers, operations = LINXO_OPERATIONS } = FAULT_KINDS[kind];
  const isOfQueue = (server?: FaultServer) => (server ?? servers.join()) === 'linxo';
  const scope = `with the kind "${kind}"`;
  return fields<Fault>({
    kind: z.literal(kind),
    ...own,
    server: z.optional(choice(servers, servers === ALL ? undefined : `${oneOf(servers)} ${scope}`)),
    type: z.optional(TEXT),
    count: z.optional(COUNT),
    probability: z.optional(PROBABILITY),
  } as Shape<Fault>).check(
    z.refine(({ count, probability }) => count === undefined || probability === undefined, {
      path: ['probability'],
      error: 'omitted if there is a "count"',
    }),
    z.refine(
      ({ server, type }) =>
        !isOfQueue(server) || type === undefined || operations.some((operation) => operation === type),
      {
        path: ['type'],
        error: `${oneOf(operations)} ${scope} and the server linxo`,
        params: { values: operations },
      },
    ),
  );
}
