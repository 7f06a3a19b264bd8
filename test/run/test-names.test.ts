import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders whose tests belong to no single source file. */
const ofNoSource = [
  'browser',
  'consumers',
  'docs',
  'engines',
  'examples',
  'fuzz',
  'mutation',
  'package',
  'pages',
  'run',
  'security',
  'site',
  'soak',
  // One suite for all transports.
  'transport/contract',
  'types',
];

/** The test files that stand where their source file stands. */
function testFiles(folder: string): string[] {
  return readdirSync(join(root, 'test', folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ofNoSource.includes(path) ? [] : testFiles(path);
    return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** `queue/poller.storage.test.ts` proves `src/queue/poller.ts`. */
function hasSource(path: string): boolean {
  const [stem] = path.slice(dirname(path) === '.' ? 0 : dirname(path).length + 1).split('.');
  const source = join(root, 'src', dirname(path), `${stem}`);
  return [`${source}.ts`, `${source}.tsx`, `${source}/index.ts`].some((file) => existsSync(file));
}

it('a test file has the name of the source file that it proves', () => {
  const files = testFiles('');
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((path) => !hasSource(path))).toEqual([]);
});
