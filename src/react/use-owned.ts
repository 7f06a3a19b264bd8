import { useState } from 'react';
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts';
import { useLatest } from './use-latest.ts';

/**
 * Something that lives as long as the component is mounted. It is made in an effect and not while rendering, as
 * React may throw a rendering away without a word; in a layout effect, so that the first picture has it.
 *
 * @param end Ends it; the signal that it was made with is aborted after that, for what it was made from.
 */
export function useOwned<T extends object>(
  create: (signal: AbortSignal) => T,
  end: (owned: T) => void,
): T | undefined {
  const [owned, setOwned] = useState<T>();
  const latest = useLatest(create);
  useIsomorphicLayoutEffect(() => {
    const abort = new AbortController();
    const made = latest.current(abort.signal);
    setOwned(made);
    return () => {
      setOwned(undefined);
      end(made);
      abort.abort();
    };
  }, []);
  return owned;
}
