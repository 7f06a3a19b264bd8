import type { ServerName } from '../index.ts';
import { type Fault, readFault } from './fault.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Faults wait here in order; each request takes the first one that is meant for it. */
export interface FaultQueue {
  add(fault: Fault): void;
  take(server: ServerName, type: string): Fault | undefined;
  clear(): void;
}

interface Waiting {
  readonly fault: Fault;
  left: number;
}

export function createFaultQueue(random: SeededRandom): FaultQueue {
  let queue: Waiting[] = [];

  function strikes({ fault }: Waiting, server: ServerName, type: string): boolean {
    return (
      (fault.server ?? server) === server &&
      (fault.type ?? type) === type &&
      (fault.probability === undefined || random.next() < fault.probability)
    );
  }

  return {
    add(fault) {
      const read = readFault(fault);
      queue.push({ fault: read, left: read.probability === undefined ? (read.count ?? 1) : Infinity });
    },
    take(server, type) {
      const struck = queue.find((waiting) => strikes(waiting, server, type));
      if (!struck) return undefined;
      struck.left -= 1;
      queue = queue.filter((waiting) => waiting.left > 0);
      return struck.fault;
    },
    clear() {
      queue = [];
    },
  };
}
