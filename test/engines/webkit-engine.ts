import { Cleanup } from './cleanup.ts';
import type { Engine, LaunchOptions } from './engine.ts';
import { Page } from './page.ts';
import { startVirtualDisplay } from './virtual-display.ts';
import { WebDriverSession } from './webdriver.ts';
import { startWebKitDriver } from './webkit-driver.ts';
import { createWebKitProfile } from './webkit-profile.ts';
import { WebKitWindows } from './webkit-windows.ts';

const timeouts = { script: 120_000, pageLoad: 60_000 };

/** WebKitGTK, over WebDriver, on a display of its own. */
export async function launchWebKit({ viewport, colourScheme = 'light' }: LaunchOptions): Promise<Engine> {
  const cleanup = new Cleanup();
  try {
    const profile = await createWebKitProfile(colourScheme);
    cleanup.add(() => profile.remove());
    const display = await startVirtualDisplay();
    cleanup.add(() => display.close());
    const driver = await startWebKitDriver({ ...profile.env, DISPLAY: display.name });
    cleanup.add(() => driver.close());
    const session = await WebDriverSession.start(driver.address, { timeouts });
    cleanup.add(() => session.end());
    const home = await session.get<string>('window');
    const windows = new WebKitWindows(session, viewport ?? { width: 1280, height: 800 }, home);
    return {
      name: 'webkit',
      async open(url) {
        const page = new Page(await windows.open());
        await page.goto(url);
        return page;
      },
      close: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
