/** What a page hears of its own life. */
export interface WakeListener {
  /** The page is seen again, or the network is said to be back, or the browser let the page go on. */
  woken(): void;
  /** The page goes away: for good, or into the back/forward cache, where it may hold no lock. */
  left(): void;
  /** The page is back from the back/forward cache. */
  returned(): void;
}

/** Whether nobody sees the page. A worker is taken for seen. */
export function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}

/** Listens, where there is something to listen to, until the signal aborts. */
export function watchWake(listener: WakeListener, signal: AbortSignal): void {
  const listen = (target: EventTarget | undefined, type: string, heard: (event: Event) => void): void =>
    target?.addEventListener?.(type, heard, { signal });
  const { document } = globalThis;
  listen(document, 'visibilitychange', () => isHidden() || listener.woken());
  listen(document, 'resume', listener.woken);
  listen(globalThis, 'online', listener.woken);
  listen(globalThis, 'pagehide', listener.left);
  listen(globalThis, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) listener.returned();
  });
}
