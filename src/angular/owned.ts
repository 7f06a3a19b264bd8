import { DestroyRef, inject, NgZone, PLATFORM_ID } from '@angular/core';
import { makeOwned } from '../abort.ts';

/**
 * Something that lives as long as the injector which makes it; nothing on a server. It is made outside Angular's
 * zone, so that its timers and requests look for no changes.
 *
 * @param end Ends it; the signal that it was made with is aborted after that, for what it was made from.
 */
export function owned<T>(create: (signal: AbortSignal) => T, end: (made: T) => void): T | undefined {
  // What `isPlatformServer` of @angular/common asks, which need not be loaded for it.
  if (inject(PLATFORM_ID) === 'server') return undefined;
  const { owned, abort } = inject(NgZone).runOutsideAngular(() => makeOwned(create));
  inject(DestroyRef).onDestroy(() => {
    end(owned);
    abort.abort();
  });
  return owned;
}
