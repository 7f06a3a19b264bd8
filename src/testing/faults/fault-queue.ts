import type { ServerName } from '../../index.ts';
import { TooMany } from '../limits.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Fault, FaultServer, LinxoFault, LinxoOperation, WidgetFault } from './fault.ts';
import { FAULT_KINDS, readFault } from './read-fault.ts';

/** Keeps the faults in order. Each request gets the first one that applies to it. */
export interface FaultQueue {
  add(fault: Fault): void;
  take(server: ServerName, type: string): WidgetFault | undefined;
  /** @param isEmpty Whether the request reads a queue without events. */
  takeForLinxo(operation: LinxoOperation, isEmpty: boolean): LinxoFault | undefined;
  clear(): void;
}

interface QueuedFault {
  readonly fault: Fault;
  remaining: number;
}

const CAPACITY = 1_000;

export function createFaultQueue(random: SeededRandom): FaultQueue {
  let queue: QueuedFault[] = [];

  function applies(fault: Fault, server: FaultServer, type: string): boolean {
    return (
      FAULT_KINDS[fault.kind].servers.includes(server) &&
      (fault.server ?? server) === server &&
      (fault.type ?? type) === type &&
      (fault.probability === undefined || random.next() < fault.probability)
    );
  }

  function takeFirst(matches: (fault: Fault) => boolean): Fault | undefined {
    const first = queue.find(({ fault }) => matches(fault));
    if (!first) return undefined;
    first.remaining -= 1;
    queue = queue.filter((queued) => queued.remaining > 0);
    return first.fault;
  }

  return {
    add(fault) {
      const read = readFault(fault);
      if (queue.length >= CAPACITY) throw new TooMany(CAPACITY, 'faults');
      queue.push({ fault: read, remaining: read.probability === undefined ? (read.count ?? 1) : Infinity });
    },
    // `applies` has checked that the kind is one of the server.
    take: (server, type) => takeFirst((fault) => applies(fault, server, type)) as WidgetFault | undefined,
    takeForLinxo: (operation, isEmpty) =>
      takeFirst((fault) => isPossible(fault, operation, isEmpty) && applies(fault, 'linxo', operation)) as
        | LinxoFault
        | undefined,
    clear() {
      queue = [];
    },
  };
}

function isPossible({ kind }: Fault, operation: LinxoOperation, isEmpty: boolean): boolean {
  const { operations, needsEvents = false } = FAULT_KINDS[kind];
  return (operations?.includes(operation) ?? true) && !(needsEvents && isEmpty);
}
