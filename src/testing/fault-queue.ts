import type { ServerName } from '../index.ts';
import type { Fault, FaultServer, LinxoFault, LinxoOperation, WidgetFault } from './fault.ts';
import { KINDS_OF_FAULT } from './fault-kinds.ts';
import { readFault } from './read-fault.ts';
import type { SeededRandom } from './seeded-random.ts';
import { TooMany } from './too-many.ts';

/** Faults wait here in order; each request takes the first one that is meant for it. */
export interface FaultQueue {
  add(fault: Fault): void;
  take(server: ServerName, type: string): WidgetFault | undefined;
  /** `isEmpty`: it reads a queue that holds nothing. */
  takeForLinxo(operation: LinxoOperation, isEmpty: boolean): LinxoFault | undefined;
  clear(): void;
}

interface Waiting {
  readonly fault: Fault;
  left: number;
}

const CAPACITY = 1_000;

export function createFaultQueue(random: SeededRandom): FaultQueue {
  let queue: Waiting[] = [];

  function strikes(fault: Fault, server: FaultServer, type: string): boolean {
    return (
      KINDS_OF_FAULT[fault.kind].servers.includes(server) &&
      (fault.server ?? server) === server &&
      (fault.type ?? type) === type &&
      (fault.probability === undefined || random.next() < fault.probability)
    );
  }

  function takeFirst(isMeant: (fault: Fault) => boolean): Fault | undefined {
    const struck = queue.find(({ fault }) => isMeant(fault));
    if (!struck) return undefined;
    struck.left -= 1;
    queue = queue.filter((waiting) => waiting.left > 0);
    return struck.fault;
  }

  return {
    add(fault) {
      const read = readFault(fault);
      if (queue.length >= CAPACITY) throw new TooMany(`${CAPACITY} faults wait already, which is the most.`);
      queue.push({ fault: read, left: read.probability === undefined ? (read.count ?? 1) : Infinity });
    },
    // Its kind is one of those that the server can meet.
    take: (server, type) => takeFirst((fault) => strikes(fault, server, type)) as WidgetFault | undefined,
    takeForLinxo: (operation, isEmpty) =>
      takeFirst((fault) => fits(fault, operation, isEmpty) && strikes(fault, 'linxo', operation)) as
        | LinxoFault
        | undefined,
    clear() {
      queue = [];
    },
  };
}

function fits({ kind }: Fault, operation: LinxoOperation, isEmpty: boolean): boolean {
  const { operations, wantsEvents = false } = KINDS_OF_FAULT[kind];
  return (operations?.includes(operation) ?? true) && !(wantsEvents && isEmpty);
}
