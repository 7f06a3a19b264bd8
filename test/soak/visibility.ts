/** As far as the page's scripts can tell, nobody sees it, or somebody does again. */
export function setHidden(isHidden: boolean): void {
  const state = isHidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
