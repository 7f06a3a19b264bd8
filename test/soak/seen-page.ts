import type { Page } from '../queue/fixtures/stand-in-page.ts';

/** The browser's own page, of which its scripts are made to believe that nobody sees it, or that somebody does again. */
export class SeenPage implements Page {
  readonly document: Document = document;

  install(): void {}

  uninstall(): void {
    Reflect.deleteProperty(document, 'visibilityState');
  }

  show(isSeen: boolean): void {
    const state = isSeen ? 'visible' : 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  tell(type: string, more: object = {}): void {
    dispatchEvent(Object.assign(new Event(type), more));
  }
}
