/**
 * A frame in the part of a WebView: each page that is loaded in it finds what the app puts on its window.
 *
 * A WebView does so before the page's scripts run. For a frame, a page has a window only when it begins to load, which
 * the end of the page before it shows. By then its scripts, which are all modules, are still on their way.
 */
export class WebView {
  #frame;
  #connection;
  #delay = 0;
  #late = 0;

  /**
   * @param {HTMLIFrameElement} frame
   * @param {() => import('./app.js').Connection} connection of the app
   */
  constructor(frame, connection) {
    this.#frame = frame;
    this.#connection = connection;
    this.#awaitEnd();
  }

  /** The window of the page that is there now. */
  get page() {
    return /** @type {Window} */ (this.#frame.contentWindow);
  }

  /**
   * @param {string} path
   * @param {number} [delay] how long after its beginning this page finds anything, in ms
   */
  load(path, delay = 0) {
    this.#delay = delay;
    const { location } = this.page;
    if (location.href === new URL(path, document.baseURI).href) location.reload();
    else location.replace(path);
  }

  /** Takes back what the page was given. */
  withdraw() {
    clearTimeout(this.#late);
    for (const name of Object.keys(this.#connection().bridge)) Reflect.deleteProperty(this.page, name);
  }

  #awaitEnd() {
    const { document } = this.page;
    this.page.addEventListener('pagehide', ({ persisted }) => {
      if (persisted) return;
      this.#connection().onLoadStart?.();
      this.#awaitNext(document);
    });
  }

  /** @param {Document} document the page that is gone */
  #awaitNext(document) {
    setTimeout(() => {
      if (this.page.document === document) return this.#awaitNext(document);
      this.#awaitEnd();
      clearTimeout(this.#late);
      if (this.#delay === 0) this.#furnish();
      else this.#late = setTimeout(() => this.#furnish(), this.#delay);
      this.#delay = 0;
    });
  }

  #furnish() {
    for (const [name, value] of Object.entries(this.#connection().bridge)) {
      Object.defineProperty(this.page, name, { configurable: true, writable: true, value });
    }
  }
}
