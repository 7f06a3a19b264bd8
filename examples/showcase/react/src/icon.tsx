import type { ReactNode } from 'react';
import { paths } from '../../shared/widget/icon.js';

/** A line drawing that says nothing by itself: whatever holds it has words. */
export function Icon({ name }: { name: keyof typeof paths }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
