// Builds the site into site/dist: `npm run site`. The folder works at any address, see README.md.
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { makeRelative } from './make-relative.js';
import { PAGES } from './pages.js';
import { writeGuides } from './write-guides.js';
import { writeNotFound } from './write-not-found.js';
import { writeReference } from './write-reference.js';

const folder = dirname(fileURLToPath(import.meta.url));
const out = join(folder, 'dist');
const pages = join(folder, PAGES);
// All paths below are those of the repository.
process.chdir(dirname(folder));

rmSync(pages, { recursive: true, force: true });
writeGuides(pages);
await writeReference(join(pages, 'api'));
await build(folder);
makeRelative(out);
writeNotFound(out);
const playground = new URL('playground/build.js', import.meta.url);
if (existsSync(playground)) {
  const { buildPlayground } = await import(playground.href);
  await buildPlayground(join(out, 'playground'));
}
