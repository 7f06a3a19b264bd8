import { useMemo, useSyncExternalStore } from 'react';

interface Store<S> {
  getSnapshot(): S;
  subscribe(listener: () => void): () => void;
}

const never = (): (() => void) => () => {};

/**
 * A part of a store's snapshot: the component renders anew when that part is another. On a server, and until
 * there is a store, it is that of `empty`.
 *
 * @param select May make a new object each time: it is asked once for each snapshot.
 */
export function useSnapshot<S, T>(store: Store<S> | undefined, empty: S, select: (snapshot: S) => T): T {
  const [get, getEmpty] = useMemo(() => {
    const getEmpty = once(() => empty, select);
    return [store ? once(store.getSnapshot, select) : getEmpty, getEmpty];
  }, [store, empty, select]);
  return useSyncExternalStore(store?.subscribe ?? never, get, getEmpty);
}

/** Selects anew only when there is another snapshot. */
function once<S, T>(getSnapshot: () => S, select: (snapshot: S) => T): () => T {
  let last: { snapshot: S; part: T } | undefined;
  return () => {
    const snapshot = getSnapshot();
    if (!last || last.snapshot !== snapshot) last = { snapshot, part: select(snapshot) };
    return last.part;
  };
}
