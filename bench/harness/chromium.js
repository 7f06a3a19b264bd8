import puppeteer from 'puppeteer-core';
import { executableOf } from '../../test/engines/executables.js';

/**
 * Runs a task with a headless Chromium, and always ends the browser.
 *
 * @template T
 * @param {(browser: import('puppeteer-core').Browser) => Promise<T>} task
 */
export async function withChromium(task) {
  const asRoot = process.getuid?.() === 0;
  const browser = await puppeteer.launch({
    executablePath: executableOf('chromium'),
    pipe: true,
    protocolTimeout: 600_000,
    // Containers have a small /dev/shm, and Chromium's sandbox does not run as root.
    args: ['--disable-dev-shm-usage', ...(asRoot ? ['--no-sandbox'] : [])],
  });
  try {
    return await task(browser);
  } finally {
    await browser.close();
  }
}
