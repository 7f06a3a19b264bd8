export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/** Where Chrome, Chromium and Edge are installed on such a machine, if they are not on the path. */
export function usualChromeFiles(machine: Machine): string[];

/** The browsers that Puppeteer has downloaded, newest first. @param folder Its cache; by default the one that Puppeteer uses. */
export function puppeteersChromeFiles(folder?: string): string[];
