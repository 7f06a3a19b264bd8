import type { WidgetRequest } from '../index.ts';
import type { RequestLife } from './life-event.ts';
import { plainName, plainNameIfAny } from './plain-name.ts';

interface Calls {
  /** A request of which only the snapshot tells. Those of one id are known by their order. */
  knew(pending: Pick<WidgetRequest, 'requestId' | 'server' | 'type'>): RequestLife;
  /** A request that begins. */
  began(request: WidgetRequest): RequestLife;
  /** @param isLast Whether it has ended. */
  lifeOf(request: WidgetRequest, isLast?: boolean): RequestLife;
  /** One that never began. */
  refused(request: WidgetRequest): RequestLife;
  /** Whether it was seen to begin. */
  hasBegun(request: WidgetRequest): boolean;
}

/** Numbers requests by their identity: several that are pending may have one id. */
export function createCalls(): Calls {
  let calls = 0;
  const numbers = new WeakMap<WidgetRequest, number>();
  /** Those of which only the id is known, oldest first. */
  const byId = new Map<string, number[]>();
  const life = (
    call: number,
    { requestId, server, type }: Omit<WidgetRequest, 'body' | 'headers'>,
  ): RequestLife => {
    return { call, requestId: plainName(requestId), server, type: plainNameIfAny(type) };
  };
  const next = (): number => {
    calls += 1;
    return calls;
  };
  const known = (id: string): number | undefined => {
    const call = byId.get(id)?.shift();
    if (byId.get(id)?.length === 0) byId.delete(id);
    return call;
  };
  return {
    knew(pending) {
      const call = next();
      const id = `${pending.requestId}`;
      byId.set(id, [...(byId.get(id) ?? []), call]);
      return life(call, pending);
    },
    began(request) {
      const call = next();
      numbers.set(request, call);
      return life(call, request);
    },
    lifeOf(request, isLast = false) {
      const call = numbers.get(request) ?? known(`${request.requestId}`) ?? next();
      if (!isLast) numbers.set(request, call);
      return life(call, request);
    },
    refused: (request) => life(next(), request),
    hasBegun: (request) => numbers.has(request),
  };
}
