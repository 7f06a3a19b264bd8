import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { endChild, startChild } from '../../engines/child.ts';
import { Cleanup } from '../../engines/cleanup.ts';
import type { EngineName } from '../../engines/engine.ts';
import { executableOf } from '../../engines/executables.js';
import { type Chromium, launchChromium, launchFirefox } from '../../engines/puppeteer-engine.ts';
import { startVirtualDisplay } from '../../engines/virtual-display.ts';
import { createWebKitProfile } from '../../engines/webkit-profile.ts';

/** What a page shows of a request that fails. */
export interface Shown {
  /** The title of the page. */
  readonly title: string;
  /** The lines of its console. One may come a moment after the title. */
  readonly lines: readonly string[];
}

/** A browser whose console can be read. */
export interface ConsoleReader {
  read(address: string): Promise<Shown>;
  /** Chromium alone: opens a page that waits, interferes, and lets it ask. */
  readAfter?(address: string, interference: 'offline' | 'blocked'): Promise<Shown>;
  close(): Promise<void>;
}

export function openConsole(engine: EngineName): Promise<ConsoleReader> {
  if (engine === 'webkit') return openWebKit();
  return engine === 'chromium' ? openChromium() : openWith(launchFirefox({}));
}

async function openWith(launched: ReturnType<typeof launchFirefox>): Promise<ConsoleReader> {
  const engine = await launched;
  return {
    async read(address) {
      const page = await engine.open('about:blank');
      const lines = engine.readConsole(page);
      await page.goto(address);
      return { title: await page.waitFor(() => document.title), lines };
    },
    close: () => engine.close(),
  };
}

async function openChromium(): Promise<ConsoleReader> {
  const engine = await launchChromium();
  return {
    ...(await openWith(Promise.resolve(engine))),
    async readAfter(address, interference) {
      const page = await engine.open(address);
      const lines = engine.readConsole(page);
      await interfere[interference](await engine.devtools(page));
      await page.evaluate('() => ask()');
      return { title: await page.evaluate(() => document.title), lines };
    },
  };
}

type Devtools = Awaited<ReturnType<Chromium['devtools']>>;

const interfere = {
  offline(devtools: Devtools): Promise<unknown> {
    const conditions = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    return devtools.send('Network.emulateNetworkConditions', conditions);
  },
  /** As an extension does that blocks requests. */
  blocked(devtools: Devtools): Promise<unknown> {
    devtools.on('Fetch.requestPaused', ({ requestId }) => {
      void devtools.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    });
    return devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/pserver' }] });
  },
};

/** One web view, which loads one page after the other. */
async function openWebKit(): Promise<ConsoleReader> {
  const cleanup = new Cleanup();
  const profile = await createWebKitProfile('light');
  cleanup.add(() => profile.remove());
  const display = await startVirtualDisplay();
  cleanup.add(() => display.close());
  const script = fileURLToPath(new URL('webkit-console.py', import.meta.url));
  const child = startChild(executableOf('python3'), [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...profile.env, DISPLAY: display.name },
  });
  cleanup.add(() => endChild(child));
  await once(child, 'spawn');
  let printed: string[] = [];
  let title = '';
  if (child.stdout) createInterface(child.stdout).on('line', (line) => (title = line));
  // The engine writes its console to the error output, where the toolkit may warn too.
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      if (line.includes('CONSOLE ')) printed.push(line);
    });
  }
  return {
    async read(address) {
      const lines: string[] = [];
      printed = lines;
      title = '';
      child.stdin?.write(`${address}\n`);
      await vi.waitUntil(() => title !== '', { timeout: 30_000 });
      return { title, lines };
    },
    close: () => cleanup.run(),
  };
}
