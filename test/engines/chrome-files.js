import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { Browser, Cache } from '@puppeteer/browsers';

const onMacOs = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const onWindows = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];
/** In addition to commands on the path. */
const onLinux = ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'];

/** @type {typeof import('./chrome-files.js').usualChromeFiles} */
export function usualChromeFiles({ platform, env, home }) {
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(Boolean);
    return onWindows.flatMap((parts) => folders.map((folder) => win32.join(folder, ...parts)));
  }
  if (platform !== 'darwin') return onLinux;
  const folders = ['/Applications', posix.join(home, 'Applications')];
  return onMacOs.flatMap((name) =>
    folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
  );
}

/** @type {typeof import('./chrome-files.js').puppeteersChromeFiles} */
export function puppeteersChromeFiles(folder = puppeteersFolder()) {
  const installed = new Cache(folder).getInstalledBrowsers();
  return installed
    .filter(({ browser }) => browser === Browser.CHROME || browser === Browser.CHROMIUM)
    .sort((a, b) => b.buildId.localeCompare(a.buildId, 'en', { numeric: true }))
    .map(({ executablePath }) => executablePath);
}

function puppeteersFolder() {
  return process.env['PUPPETEER_CACHE_DIR'] ?? posix.join(homedir(), '.cache', 'puppeteer');
}
