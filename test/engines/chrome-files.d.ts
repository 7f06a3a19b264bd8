export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own folder. */
  readonly home: string;
}

/** Where Chrome, Chromium and Edge are installed on such a machine, beside the folders of the path. */
export function usualChromeFiles(machine: Machine): string[];

/** Those that Puppeteer has downloaded, the newest first. @param folder Its cache; by default the one that Puppeteer uses. */
export function puppeteersChromeFiles(folder?: string): string[];
