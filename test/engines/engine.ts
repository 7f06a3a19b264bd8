import type { EngineName } from './executables.js';
import type { Page } from './page.ts';
import type { Viewport } from './page-driver.ts';

export type { EngineName };

export const engineNames: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];

/** A real browser with a fresh profile, which all its pages share. */
export interface Engine {
  readonly name: EngineName;
  /** Opens a page in a window of its own and waits for its load event. */
  open(url: string): Promise<Page>;
  /** Switches a page to the dark colour scheme. Only Chromium can do that while it runs: see {@link LaunchOptions}. */
  darken?(page: Page): Promise<void>;
  /** Ends the browser and all its processes. Can be called twice. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The size of a new page. @default 1280 × 800 */
  readonly viewport?: Viewport;
  /** The value of `prefers-color-scheme`. @default 'light' */
  readonly colourScheme?: 'light' | 'dark';
  /** A name that leads to this machine. The origin of such a page is not secure. Not in WebKit. */
  readonly localHost?: string;
}
