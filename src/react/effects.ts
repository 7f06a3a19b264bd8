import { type RefObject, useEffect, useInsertionEffect, useLayoutEffect, useRef } from 'react';

interface EventSource<K, E> {
  on(type: K, handler: (event: E) => void): () => void;
}

/** A layout effect. On a server, where React 18 warns about layout effects, a passive effect: neither runs there. */
export const useIsomorphicLayoutEffect: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The value of the last committed rendering. React may discard a rendering, so its values must not be used yet. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** Calls the latest handler for each event while mounted. It subscribes before any passive effect runs. */
export function useSourceEvent<K, E>(
  source: EventSource<K, E> | undefined,
  type: K,
  handler: (event: E) => void,
): void {
  const latest = useLatest(handler);
  useIsomorphicLayoutEffect(() => source?.on(type, (event) => latest.current(event)), [source, type]);
}
