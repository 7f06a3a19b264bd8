import puppeteer, { type Page as BrowserPage } from 'puppeteer-core';
import { chromiumArguments } from '../../engines/chromium-arguments.ts';
import { executableOf } from '../../engines/executables.js';
import { Page } from '../../engines/page.ts';
import type { PageDriver } from '../../engines/page-driver.ts';

/** A Chromium whose pages can be frozen, as it does itself with tabs that nobody has seen for long. */
export interface FreezingChromium {
  open(url: string): Promise<Page>;
  /** Neither timers nor messages nor answers reach the page any more. */
  freeze(page: Page): Promise<void>;
  thaw(page: Page): Promise<void>;
  close(): Promise<void>;
}

export async function launchFreezingChromium(): Promise<FreezingChromium> {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: executableOf('chromium'),
    pipe: true,
    args: [...chromiumArguments],
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  const pages = new Map<Page, BrowserPage>();
  const become = async (page: Page, state: 'frozen' | 'active'): Promise<void> => {
    const client = await pages.get(page)?.createCDPSession();
    await client?.send('Page.setWebLifecycleState', { state });
    await client?.detach();
  };
  return {
    async open(url) {
      const own = await browser.newPage({ type: 'window' });
      await own.goto(url);
      const page = new Page(driverOf(own));
      pages.set(page, own);
      return page;
    },
    freeze: (page) => become(page, 'frozen'),
    thaw: (page) => become(page, 'active'),
    close: () => browser.close(),
  };
}

/** Without a user: nobody clicks here. */
function driverOf(page: BrowserPage): PageDriver {
  const unable = (): never => {
    throw new Error('Not here');
  };
  return {
    goto: async (url) => {
      await page.goto(url);
    },
    run: async (expression) => String(await page.evaluate(expression)),
    close: () => page.close(),
    click: unable,
    press: unable,
    resize: unable,
    screenshot: unable,
  };
}
