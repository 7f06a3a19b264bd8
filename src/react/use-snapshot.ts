import { useMemo, useSyncExternalStore } from 'react';

interface Store<S> {
  getSnapshot(): S;
  subscribe(listener: () => void): () => void;
}

const subscribeToNothing = (): (() => void) => () => {};

/**
 * A part of a store's snapshot. The component renders again when that part changes. On a server, and while there is no
 * store, the part comes from `empty`.
 *
 * @param select Called once per snapshot, so that it may return a new object each time.
 */
export function useSnapshot<S, T>(store: Store<S> | undefined, empty: S, select: (snapshot: S) => T): T {
  const [get, getEmpty] = useMemo(() => {
    const getEmpty = oncePerSnapshot(() => empty, select);
    return [store ? oncePerSnapshot(store.getSnapshot, select) : getEmpty, getEmpty];
  }, [store, empty, select]);
  return useSyncExternalStore(store?.subscribe ?? subscribeToNothing, get, getEmpty);
}

function oncePerSnapshot<S, T>(getSnapshot: () => S, select: (snapshot: S) => T): () => T {
  let last: { snapshot: S; part: T } | undefined;
  return () => {
    const snapshot = getSnapshot();
    if (!last || last.snapshot !== snapshot) last = { snapshot, part: select(snapshot) };
    return last.part;
  };
}
