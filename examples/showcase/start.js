// The command: as examples/sandbox/start.js, with all pages at one address.
import { fileURLToPath } from 'node:url';
import { run } from '../sandbox/run.js';

await run({
  pageFolder: folder('.'),
  otherPages: {
    '/vanilla/': folder('vanilla'),
    '/react/': folder('react/dist'),
    '/angular/': folder('angular/dist'),
  },
});

/** @param {string} path */
function folder(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
