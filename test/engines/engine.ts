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
  /** Shows a page as in the dark from now on. Chromium alone can change that while it runs; else it is a {@link LaunchOptions}. */
  darken?(page: Page): Promise<void>;
  /** Ends the browser and every process that came with it. Can be called twice. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The size of a new page. @default 1280 × 800 */
  readonly viewport?: Viewport;
  /** What `prefers-color-scheme` says. @default 'light' */
  readonly colourScheme?: 'light' | 'dark';
}
