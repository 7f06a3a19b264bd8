import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The browser's toolbar cannot be narrower than its buttons, so pages could not be as narrow as on a phone. */
const frameless =
  '* { font-size: 1px; min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; -gtk-icon-source: none; }';

/** A new home folder for the files of the browser. */
export interface WebKitProfile {
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

export async function createWebKitProfile(colourScheme: 'light' | 'dark'): Promise<WebKitProfile> {
  const folder = await mkdtemp(join(tmpdir(), 'webkit-profile-'));
  await mkdir(join(folder, 'gtk-3.0'));
  await writeFile(join(folder, 'gtk-3.0', 'gtk.css'), frameless);
  return {
    env: {
      XDG_CONFIG_HOME: folder,
      XDG_CACHE_HOME: folder,
      XDG_DATA_HOME: folder,
      GDK_BACKEND: 'x11',
      GTK_THEME: colourScheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
    },
    // The browser may still write to its caches while it ends.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
