// Writes and prints what the `integrity` attribute of a script tag is to hold: `node release/integrity.js`, after a build.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const bundle = 'dist/bankside.iife.min.js';
const integrity = `sha384-${createHash('sha384').update(readFileSync(bundle)).digest('base64')}`;
writeFileSync(`${bundle}.integrity.txt`, `${integrity}\n`);
console.log(`${bundle}  ${integrity}`);
