import type { Page } from '../queue/fixtures/stand-in-page.ts';

/** The real page, which pretends to its scripts to be hidden or visible. */
export class SeenPage implements Page {
  readonly document: Document = document;

  install(): void {}

  uninstall(): void {
    Reflect.deleteProperty(document, 'visibilityState');
  }

  show(isVisible: boolean): void {
    const state = isVisible ? 'visible' : 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  dispatch(type: string, more: object = {}): void {
    dispatchEvent(Object.assign(new Event(type), more));
  }
}
