import { setTimeout as sleep } from 'node:timers/promises';
import { keyCode } from './key-codes.ts';
import type { KeyStroke, PageDriver, Viewport } from './page-driver.ts';
import { displaySize } from './virtual-display.ts';
import type { WebDriverSession } from './webdriver.ts';

type InWindow = <T>(commands: (session: WebDriverSession) => Promise<T>) => Promise<T>;

/** One window of WebKitGTK. */
export class WebKitPage implements PageDriver {
  readonly #inWindow: InWindow;

  /** @param inWindow Runs commands with this page's window as their target. */
  constructor(inWindow: InWindow) {
    this.#inWindow = inWindow;
  }

  async goto(url: string): Promise<void> {
    await this.#inWindow((session) => session.post('url', { url }));
  }

  run(expression: string): Promise<string> {
    const script = `(${expression}).then(arguments[arguments.length - 1])`;
    return this.#inWindow((session) => session.post('execute/async', { script, args: [] }));
  }

  async click(selector: string): Promise<void> {
    await this.#inWindow(async (session) => {
      const found = await session.post<object>('element', { using: 'css selector', value: selector });
      await session.post(`element/${Object.values(found)[0]}/click`);
    });
  }

  async press(keys: readonly KeyStroke[]): Promise<void> {
    const down = (value: string): object => ({ type: 'keyDown', value });
    const up = (value: string): object => ({ type: 'keyUp', value });
    const actions = keys.flatMap(({ key, held }) => {
      const codes = held.map(keyCode);
      return [...codes.map(down), down(keyCode(key)), up(keyCode(key)), ...codes.reverse().map(up)];
    });
    await this.#inWindow((session) =>
      session.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] }),
    );
  }

  /** WebDriver sizes windows with their frame, and the page gets its size a little later: repeat until they agree. */
  async resize({ width, height }: Viewport): Promise<void> {
    const script = 'return { width: innerWidth, height: innerHeight, frame: outerHeight - innerHeight }';
    await this.#inWindow(async (session) => {
      for (let attempt = 0, frame = 0; attempt < 250; attempt++) {
        await session.post('window/rect', centred({ width, height: height + frame }));
        const seen = await session.post<Viewport & { frame: number }>('execute/sync', { script, args: [] });
        if (seen.width === width && seen.height === height) return;
        frame = Math.max(0, seen.frame);
        await sleep(20);
      }
      throw new Error(`The window cannot have the size ${width} × ${height}`);
    });
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from(await this.#inWindow((session) => session.get<string>('screenshot')), 'base64');
  }

  async close(): Promise<void> {
    await this.#inWindow((session) => session.delete('window'));
  }
}

/** The pointer rests in the middle of the display, and without a window manager the window under it has the focus. */
function centred({ width, height }: Viewport): object {
  return {
    x: Math.round((displaySize - width) / 2),
    y: Math.round((displaySize - height) / 2),
    width,
    height,
  };
}
