import type { ReactNode } from 'react';

const paths = { close: 'M6 6l12 12M18 6 6 18', forward: 'M9.5 5.5 16 12l-6.5 6.5' };

/** A line drawing that says nothing by itself: whatever holds it has words. */
export function Icon({ name }: { name: keyof typeof paths }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
