import type { WidgetRequest } from '../index.ts';
import type { RequestLife } from './life-event.ts';
import { textIfAny, textOf } from './plain-name.ts';
import type { Telling, Untold } from './telling.ts';

type Call = Untold<RequestLife>;

interface Calls {
  /** A request of which only the snapshot tells. Those of one id are known by their order. */
  knew(pending: Pick<WidgetRequest, 'requestId' | 'server' | 'type'>): Call;
  /** A request that begins. */
  began(request: WidgetRequest): Call;
  /** @param isLast Whether it has ended. */
  lifeOf(request: WidgetRequest, isLast?: boolean): Call;
  /** One that never began. */
  refused(request: WidgetRequest): Call;
  /** Whether it was seen to begin. */
  hasBegun(request: WidgetRequest): boolean;
}

/** Numbers requests by their identity: several that are pending may have one id. */
export function createCalls(nameOf: Telling['nameOf']): Calls {
  let calls = 0;
  /** What is told with each: kept, since a mark for its id takes its time, and once it is made nothing has to wait. */
  const lives = new WeakMap<WidgetRequest, Call>();
  /** Those of which only the id is known, oldest first. */
  const byId = new Map<string, Call[]>();
  const next = ({ requestId, server, type }: Omit<WidgetRequest, 'body' | 'headers'>): Call => {
    calls += 1;
    const name = textIfAny(type);
    const typeName = name === undefined ? undefined : nameOf(name);
    return { call: calls, requestId: nameOf(textOf(requestId)), server, type: typeName };
  };
  const known = ({ requestId, server, type }: WidgetRequest): Call | undefined => {
    const id = textOf(requestId);
    const call = byId.get(id)?.shift();
    if (byId.get(id)?.length === 0) byId.delete(id);
    return call && { ...call, server, type: textIfAny(type) };
  };
  return {
    knew(pending) {
      const call = next(pending);
      const id = textOf(pending.requestId);
      byId.set(id, [...(byId.get(id) ?? []), call]);
      return call;
    },
    began(request) {
      const call = next(request);
      lives.set(request, call);
      return call;
    },
    lifeOf(request, isLast = false) {
      const call = lives.get(request) ?? known(request) ?? next(request);
      if (!isLast) lives.set(request, call);
      return call;
    },
    refused: next,
    hasBegun: (request) => lives.has(request),
  };
}
