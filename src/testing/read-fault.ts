import * as z from 'zod/mini';
import type { Fault, FaultKind, FaultServer } from './fault.ts';
import { FAULT_SERVERS, KINDS_OF_FAULT, LINXO_OPERATIONS } from './fault-kinds.ts';
import { choice, TEXT, wholeNumber } from './field-schemas.ts';
import { fields, given, type Shape } from './fields.ts';
import { named, oneOf, read } from './read.ts';

const COUNT = wholeNumber(1, 1_000);
const PROBABILITY = z.number('a number above 0 and up to 1').check(z.gt(0), z.lte(1));

const KINDS = Object.keys(KINDS_OF_FAULT) as FaultKind[];

export const FAULT: z.ZodMiniType<Fault> = z.pipe(
  z.transform((value) => (Object(value) === value && !Array.isArray(value) ? given(value as object) : value)),
  z.discriminatedUnion('kind', KINDS.map(faultOf) as never) as z.ZodMiniType<Fault>,
);

/** Reads what came from outside, and throws a `TypeError` that names the field. */
export function readFault(value: unknown): Fault {
  return read(FAULT, value, named('A fault'));
}

/** Refuses a fault that no request could meet, such as a queue's fault at `pserver`. */
function faultOf(kind: FaultKind): z.ZodMiniType<Fault> {
  const { fields: own, servers, operations = LINXO_OPERATIONS } = KINDS_OF_FAULT[kind];
  const isOfQueue = (server?: FaultServer) => (server ?? servers.join()) === 'linxo';
  const scope = `with the kind "${kind}"`;
  return fields<Fault>({
    kind: z.literal(kind),
    ...own,
    server: z.optional(choice(servers, servers === FAULT_SERVERS ? undefined : `${oneOf(servers)} ${scope}`)),
    type: z.optional(TEXT),
    count: z.optional(COUNT),
    probability: z.optional(PROBABILITY),
  } as Shape<Fault>).check(
    z.refine(({ count, probability }) => count === undefined || probability === undefined, {
      path: ['probability'],
      error: 'left out where there is a "count"',
    }),
    z.refine(
      ({ server, type }) =>
        !isOfQueue(server) || type === undefined || operations.some((operation) => operation === type),
      { path: ['type'], error: `${oneOf(operations)} ${scope} and the server linxo` },
    ),
  );
}
