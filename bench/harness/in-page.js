import { bundle } from './bundle.js';
import { withChromium } from './chromium.js';
import { serve } from './serve.js';

/** @typedef {(name: string, options: unknown) => Promise<unknown>} Call Calls a function that the page's script exports. */
/** @typedef {() => Promise<{ call: Call, page: import('puppeteer-core').Page }>} Open */

/**
 * Runs a task with one Chromium and a script of bench/page in it. Each page is new: an engine optimizes code
 * differently from page to page.
 *
 * @template T
 * @param {string} script
 * @param {{ dist?: string }} options
 * @param {(open: Open) => Promise<T>} task
 */
export async function inPage(script, options, task) {
  const server = await serve(await bundle(script, options));
  try {
    return await withChromium((browser) =>
      task(async () => {
        const page = await browser.newPage();
        // Otherwise the page is hidden once there is another.
        await page.emulateFocusedPage(true);
        await page.goto(server.origin);
        return { page, call: (name, argument) => page.evaluate(callExport, name, argument) };
      }),
    );
  } finally {
    server.close();
  }
}

/** Runs in the page. @type {Call} */
async function callExport(name, options) {
  const script = '/script.js';
  const exported = await import(script);
  return exported[name](options);
}
