import puppeteer, {
  type Page as BrowserPage,
  type CDPSession,
  type KeyInput,
  type LaunchOptions as PuppeteerOptions,
} from 'puppeteer-core';
import { programWithParent } from './child.ts';
import type { Engine, LaunchOptions } from './engine.ts';
import { executableOf } from './executables.js';
import { Page } from './page.ts';
import type { KeyStroke, PageDriver, Viewport } from './page-driver.ts';

/** Features of the address bar. Each window of the browser, even a hidden one, costs a second without this. */
const ownPopups = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

const chromiumArguments: readonly string[] = [
  `--disable-features=${ownPopups.join()}`,
  // Containers have a small /dev/shm, and Chromium's sandbox does not run as root.
  '--disable-dev-shm-usage',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const defaultViewport: Viewport = { width: 1280, height: 800 };

/** An engine whose driver gives the lines of the console. WebKit's does not. */
interface ConsoleEngine extends Engine {
  /** The lines of a page's console from now on. */
  readConsole(page: Page): readonly string[];
}

export interface Chromium extends ConsoleEngine {
  darken(page: Page): Promise<void>;
  /** A session of Chromium's own protocol, for what no other engine can do: freeze a page, or show its heap. */
  devtools(page: Page): Promise<CDPSession>;
}

/** Chromium, over its own protocol. */
export async function launchChromium({
  viewport,
  colourScheme = 'light',
  localHost,
}: LaunchOptions = {}): Promise<Chromium> {
  const options: PuppeteerOptions = {
    browser: 'chrome',
    executablePath: executableOf('chromium'),
    // A browser on a pipe always ends with this process.
    pipe: true,
    args: [...chromiumArguments, ...(localHost ? [`--host-resolver-rules=MAP ${localHost} 127.0.0.1`] : [])],
    defaultViewport: viewport ?? defaultViewport,
  };
  const { ownOf, ...engine } = await launchWith('chromium', options, (page) => showIn(page, colourScheme));
  return {
    ...engine,
    darken: (page) => showIn(ownOf(page), 'dark'),
    devtools: (page) => ownOf(page).createCDPSession(),
  };
}

function showIn(page: BrowserPage, value: 'light' | 'dark'): Promise<void> {
  return page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
}

/** Firefox, over WebDriver BiDi. */
export async function launchFirefox({
  viewport,
  colourScheme = 'light',
  localHost,
}: LaunchOptions): Promise<ConsoleEngine> {
  const { file, env } = programWithParent(executableOf('firefox'));
  const { ownOf: _own, ...engine } = await launchWith('firefox', {
    browser: 'firefox',
    executablePath: file,
    env: { ...process.env, ...env },
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': colourScheme === 'dark' ? 0 : 1,
      ...(localHost && { 'network.dns.localDomains': localHost }),
    },
    defaultViewport: viewport ?? defaultViewport,
  });
  return engine;
}

async function launchWith(
  name: 'chromium' | 'firefox',
  options: PuppeteerOptions,
  prepare: (page: BrowserPage) => Promise<void> = async () => {},
): Promise<ConsoleEngine & { ownOf(page: Page): BrowserPage }> {
  // Puppeteer's handlers would stop a signal from ending this process. The browsers end with it anyway.
  const signals = { handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false };
  const browser = await puppeteer.launch({ ...options, ...signals });
  const opened = new WeakMap<Page, BrowserPage>();
  const ownOf = (page: Page): BrowserPage => {
    const own = opened.get(page);
    if (!own) throw new Error('This browser has not opened that page');
    return own;
  };
  return {
    name,
    ownOf,
    async open(url) {
      const own = await browser.newPage({ type: 'window' });
      await prepare(own);
      await own.goto(url);
      const page = new Page(new PuppeteerPage(own));
      opened.set(page, own);
      return page;
    },
    readConsole(page) {
      const lines: string[] = [];
      ownOf(page).on('console', (message) => lines.push(message.text()));
      // Firefox gives what it says of a request as an error of the page.
      ownOf(page).on('pageerror', (error) => lines.push(error instanceof Error ? error.message : `${error}`));
      return lines;
    },
    close: () => browser.close(),
  };
}

class PuppeteerPage implements PageDriver {
  readonly #page: BrowserPage;

  constructor(page: BrowserPage) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async run(expression: string): Promise<string> {
    return String(await this.#page.evaluate(expression));
  }

  async click(selector: string): Promise<void> {
    // A page may replace the element between the check and the click, which then fails.
    for (let tries = 10; ; tries -= 1) {
      try {
        return await this.#page.click(selector);
      } catch (error) {
        if (tries === 0 || !/detached/.test(String(error))) throw error;
      }
    }
  }

  async press(keys: readonly KeyStroke[]): Promise<void> {
    const { keyboard } = this.#page;
    for (const { key, held } of keys) {
      for (const modifier of held) await keyboard.down(modifier as KeyInput);
      // `type` also types characters that no key has.
      if (key.length === 1 && held.length === 0) await keyboard.type(key);
      else await keyboard.press(key as KeyInput);
      for (const modifier of [...held].reverse()) await keyboard.up(modifier as KeyInput);
    }
  }

  resize(viewport: Viewport): Promise<void> {
    return this.#page.setViewport({ ...viewport });
  }

  screenshot(): Promise<Uint8Array> {
    return this.#page.screenshot();
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}
