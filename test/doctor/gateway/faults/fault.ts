import type { FindingId } from '../../../../src/doctor/finding-id.ts';
import type { GatewayRequest, Reply } from '../reply.ts';
import type { Change, Place } from '../start-gateway.ts';

/** One thing that is wrong with a bank, and what the doctor must say of it: these findings and no others. */
export interface Fault {
  readonly name: string;
  readonly finds: readonly FindingId[];
  readonly at: Place;
  readonly change: Change;
  /** `true`: only where the page sends cookies. `false`: only where it does not. Default: both. */
  readonly credentials?: boolean;
}

/** A fault of some answers only. */
export function fault(
  name: string,
  finds: readonly FindingId[],
  at: Place,
  when: (request: GatewayRequest, reply: Reply) => boolean,
  change: Change,
): Fault {
  const changed: Change = (reply, request) => (when(request, reply) ? change(reply, request) : reply);
  return { name, finds, at, change: changed };
}

/** A fault of pages that send no cookies. */
export function withoutCookies(given: Fault): Fault {
  return { ...given, credentials: false };
}

/** A fault of pages that send cookies. */
export function withCookies(given: Fault): Fault {
  return { ...given, name: `${given.name}, with cookies`, credentials: true };
}
