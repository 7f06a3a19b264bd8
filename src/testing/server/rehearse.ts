import type { Linxo } from '../linxo/linxo.ts';
import { named, read } from '../read.ts';
import { findOrAdd, play, SYNCHRONISATION, type Synchronisation } from './synchronise.ts';

/**
 * Has the connections there, and returns what plays their synchronisations: a queue holds only what happens after it was
 * subscribed to, so that is when to call it. One that still runs goes on.
 *
 * @throws TypeError naming the field that does not fit.
 */
export function rehearse(linxo: Linxo, synchronisations: readonly Synchronisation[]): () => void {
  const parts = synchronisations.map((given) => {
    // What makes no sense is to be found now, and not when the first page subscribes.
    const order = read(SYNCHRONISATION, given, named('A synchronisation'));
    return { id: findOrAdd(linxo, order), order };
  });
  return () => {
    for (const { id, order } of parts) if (!linxo.isSynchronising(id)) play(linxo, id, order);
  };
}
