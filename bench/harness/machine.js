import { cpus } from 'node:os';
import { withChromium } from './chromium.js';

/** The machine that the figures are from. */
export async function describeMachine() {
  const version = await withChromium((browser) => browser.version());
  const [cpu] = cpus();
  return `${version.replace('HeadlessChrome/', 'Chromium ').replace('Chrome/', 'Chromium ')}, Node ${process.versions.node}, ${cpus().length} cores of ${cpu?.model.trim()}`;
}
