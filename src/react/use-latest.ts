import { type RefObject, useInsertionEffect, useRef } from 'react';

/** What was given in the rendering that is on the page: not in one that React may yet throw away. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
