import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/**
 * Where the packages of the page's import map live: beside the file that their own `exports` name, `dist` for this
 * package, wherever the installer put the others.
 */
export const PACKAGES = new Map(['bankside', 'mitt'].map((name) => [name, dirname(resolve(name))]));
