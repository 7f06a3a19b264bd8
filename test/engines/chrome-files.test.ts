import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  Browser,
  type BrowserPlatform,
  computeExecutablePath,
  detectBrowserPlatform,
} from '@puppeteer/browsers';
import { expect, it, onTestFinished } from 'vitest';
import { puppeteersChromeFiles, usualChromeFiles } from './chrome-files.js';

it('on macOS: Chrome, Chromium and Edge, for all users and for this one', () => {
  expect(usualChromeFiles({ platform: 'darwin', env: {}, home: '/Users/me' })).toEqual([
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Users/me/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ]);
});

it('on Windows: in the folders for programs of the environment', () => {
  const env = { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' };
  expect(usualChromeFiles({ platform: 'win32', env, home: 'C:\\Users\\me' })).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Users\\me\\AppData\\Local\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Users\\me\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe',
  ]);
});

it('the downloads of Puppeteer, the newest version first', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'chrome-files-'));
  onTestFinished(() => rm(cacheDir, { recursive: true }));
  const platform = detectBrowserPlatform() as BrowserPlatform;
  const install = async (browser: Browser, buildId: string): Promise<string> => {
    const file = computeExecutablePath({ cacheDir, browser, platform, buildId });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
    return file;
  };
  const older = await install(Browser.CHROME, '99.0.4844.51');
  const newer = await install(Browser.CHROME, '131.0.6778.85');
  await install(Browser.FIREFOX, 'stable_133.0');

  expect(puppeteersChromeFiles(cacheDir)).toEqual([newer, older]);
  expect(puppeteersChromeFiles(join(cacheDir, 'nothing', 'here'))).toEqual([]);
});
