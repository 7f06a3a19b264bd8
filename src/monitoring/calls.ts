import type { WidgetRequest } from '../index.ts';
import type { RequestLife } from './life-event.ts';
import { plainName, plainNameIfAny } from './plain-name.ts';

interface Calls {
  /** A request of which only the snapshot tells. */
  knew(pending: Pick<WidgetRequest, 'requestId' | 'server' | 'type'>): RequestLife;
  /** @param isLast Whether it has ended. */
  lifeOf(request: WidgetRequest, isLast?: boolean): RequestLife;
  /** One that never began. */
  refused(request: WidgetRequest): RequestLife;
}

/** Numbers requests by their identity: a refused one may have the id of one that is pending. */
export function createCalls(): Calls {
  let calls = 0;
  const numbers = new WeakMap<WidgetRequest, number>();
  /** Those of which only the id is known. */
  const byId = new Map<string, number>();
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
  return {
    knew(pending) {
      const call = next();
      byId.set(`${pending.requestId}`, call);
      return life(call, pending);
    },
    lifeOf(request, isLast = false) {
      const id = `${request.requestId}`;
      const call = numbers.get(request) ?? byId.get(id) ?? next();
      if (isLast) byId.delete(id);
      else numbers.set(request, call);
      return life(call, request);
    },
    refused: (request) => life(next(), request),
  };
}
