/** What the page's lifecycle events call. */
export interface PageLifeListener {
  /**
   * The page is shown, by the back/forward cache too, or visible again; or the network is said to be back; or the browser has
   * unfrozen the page.
   */
  woken(): void;
  /**
   * The user leaves the page: for good, or into the back/forward cache, where it must hold no lock. Some web views say so
   * although the page stays.
   */
  left(): void;
}

/** Whether the page is hidden. A worker counts as visible. */
export function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}

/** Listens until the signal aborts. Not every engine has all of these events. */
export function watchPageLife(listener: PageLifeListener, signal: AbortSignal): void {
  const listen = (target: EventTarget | undefined, type: string, handler: (event: Event) => void): void =>
    target?.addEventListener?.(type, handler, { signal });
  const { document } = globalThis;
  listen(document, 'visibilitychange', () => isHidden() || listener.woken());
  listen(document, 'resume', listener.woken);
  listen(globalThis, 'online', listener.woken);
  listen(globalThis, 'pagehide', listener.left);
  listen(globalThis, 'pageshow', listener.woken);
}
