import { useRef, useState } from 'react';
import { makeOwned, type Owned } from '../abort.ts';
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts';
import { useLatest } from './use-latest.ts';

type Create<T> = (signal: AbortSignal) => T;

/** From when something is made until its signal is aborted. */
interface Life<T> extends Owned<T> {
  readonly create: Create<T>;
  isMounted: boolean;
}

/**
 * Something that lives as long as the component is mounted. It is made in an effect and not while rendering, as
 * React may throw a rendering away without a word; in a layout effect, so that the first picture has it.
 *
 * It is ended in the microtask after that, unless the component has mounted again meanwhile with the same `create`, as
 * under StrictMode. Until then it serves the effects of a rendering that shows it still: React may run those after
 * this effect's cleanup.
 *
 * @param end Ends it; the signal that it was made with is aborted after that, for what it was made from.
 */
export function useOwned<T extends object>(create: Create<T>, end: (owned: T) => void): T | undefined {
  const [owned, setOwned] = useState<T>();
  const latest = useLatest(create);
  const last = useRef<Life<T>>(undefined);
  useIsomorphicLayoutEffect(() => {
    const life = last.current && goesOn(last.current, latest.current) ? last.current : begin(latest.current);
    last.current = life;
    life.isMounted = true;
    setOwned(life.owned);
    return () => {
      life.isMounted = false;
      setOwned(undefined);
      queueMicrotask(() => {
        if (life.isMounted || life.abort.signal.aborted) return;
        end(life.owned);
        life.abort.abort();
      });
    };
  }, []);
  return owned;
}

function begin<T>(create: Create<T>): Life<T> {
  return { create, ...makeOwned(create), isMounted: true };
}

/** Another `create` is one that was edited: fast refresh mounts the component with it. */
function goesOn<T>({ create, abort }: Life<T>, latest: Create<T>): boolean {
  return create === latest && !abort.signal.aborted;
}
