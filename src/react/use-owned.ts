import { useRef, useState } from 'react';
import { makeOwned, type Owned } from '../abort.ts';
import { useIsomorphicLayoutEffect, useLatest } from './effects.ts';

type Create<T> = (signal: AbortSignal) => T;

interface MountedObject<T> extends Owned<T> {
  readonly create: Create<T>;
  isMounted: boolean;
}

/**
 * An object that exists while the component is mounted. It is created in an effect, because React may discard a
 * rendering without a cleanup; in a layout effect, so that the first paint has it.
 *
 * It is ended in the microtask after the unmount, unless the component has mounted again with the same `create`, as
 * under StrictMode. The delay also serves passive effects, which React may run after this effect's cleanup.
 *
 * @param end Ends the object. Its signal aborts after that, and so ends what the object uses.
 */
export function useOwned<T extends object>(create: Create<T>, end: (owned: T) => void): T | undefined {
  const [owned, setOwned] = useState<T>();
  const latest = useLatest(create);
  const last = useRef<MountedObject<T>>(undefined);
  useIsomorphicLayoutEffect(() => {
    const object = canReuse(last.current, latest.current) ? last.current : begin(latest.current);
    last.current = object;
    object.isMounted = true;
    setOwned(object.owned);
    return () => {
      object.isMounted = false;
      setOwned(undefined);
      queueMicrotask(() => {
        if (object.isMounted || object.abort.signal.aborted) return;
        end(object.owned);
        object.abort.abort();
      });
    };
  }, []);
  return owned;
}

function begin<T>(create: Create<T>): MountedObject<T> {
  return { create, ...makeOwned(create), isMounted: true };
}

/** Fast refresh mounts the component again with an edited `create`: then the object is created again. */
function canReuse<T>(last: MountedObject<T> | undefined, create: Create<T>): last is MountedObject<T> {
  return last !== undefined && last.create === create && !last.abort.signal.aborted;
}
