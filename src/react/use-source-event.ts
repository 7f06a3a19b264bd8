import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts';
import { useLatest } from './use-latest.ts';

interface Source<K, E> {
  on(type: K, handler: (event: E) => void): () => void;
}

/** Listens while mounted, from before any component's passive effects, with the handler of the last rendering. */
export function useSourceEvent<K, E>(
  source: Source<K, E> | undefined,
  type: K,
  handler: (event: E) => void,
): void {
  const latest = useLatest(handler);
  useIsomorphicLayoutEffect(() => source?.on(type, (event) => latest.current(event)), [source, type]);
}
