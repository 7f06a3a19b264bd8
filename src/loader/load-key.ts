import type { LoadWidgetOptions } from './load-options.ts';

/** What differs if a script has to be loaded again. The other options are about one wait. */
export function loadKey({ src, integrity, global }: LoadWidgetOptions): string {
  return [src, integrity, global].map(String).join(' ');
}
