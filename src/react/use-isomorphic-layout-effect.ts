import { useEffect, useLayoutEffect } from 'react';

/** A layout effect; on a server, where React 18 warns of those, an effect, which does not run there either. */
export const useIsomorphicLayoutEffect: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;
