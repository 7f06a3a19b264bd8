import { type RefCallback, useCallback, useRef } from 'react';
import { createAnnouncer } from '../../elsewhere-bank/dom/announcer.js';

type Announce = (message: string, topic?: string) => void;

/** What is to be said, and the `ref` of the live region that says it. */
export function useAnnouncer(): [Announce, RefCallback<HTMLElement>] {
  const announcer = useRef<Announce>(undefined);
  return [
    useCallback((message, topic) => announcer.current?.(message, topic), []),
    useCallback((region) => {
      announcer.current = region ? createAnnouncer(region) : undefined;
    }, []),
  ];
}
