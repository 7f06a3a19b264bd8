import type { PageDriver, Viewport } from './page-driver.ts';
import type { WebDriverSession } from './webdriver.ts';
import { WebKitPage } from './webkit-page.ts';

/**
 * The windows of one WebDriver session. Commands go to whichever window was switched to last, so they are sent one at a time,
 * each after a switch to its own window. A long `evaluate` in one page therefore keeps the other pages waiting.
 */
export class WebKitWindows {
  readonly #session: WebDriverSession;
  readonly #viewport: Viewport;
  readonly #home: string;
  #current: string;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param home The window that the browser comes with. It stays empty, and the session alive when all pages are closed. */
  constructor(session: WebDriverSession, viewport: Viewport, home: string) {
    this.#session = session;
    this.#viewport = viewport;
    this.#home = home;
    this.#current = home;
  }

  async open(): Promise<PageDriver> {
    const { handle } = await this.#inWindow(this.#home, (session) =>
      session.post<{ handle: string }>('window/new', { type: 'window' }),
    );
    const page = new WebKitPage((commands) => this.#inWindow(handle, commands));
    await page.resize(this.#viewport);
    return page;
  }

  #inWindow<T>(handle: string, commands: (session: WebDriverSession) => Promise<T>): Promise<T> {
    const done = this.#queue.then(async () => {
      if (this.#current !== handle) await this.#session.post('window', { handle });
      this.#current = handle;
      return commands(this.#session);
    });
    this.#queue = done.catch(() => {});
    return done;
  }
}
