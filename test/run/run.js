// Builds, finds the browsers, and runs a suite: `node test/run/run.js test|engines|all [--built] [--after-test] [files…]`.
// --built       dist is what is to be tested; it is not built
// --after-test  `npm test` has just run: what it does is not done again
// Anything else is Vitest's.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { howToInstall, missingFor } from '../engines/executables.js';
import { installMissing } from '../engines/install.js';
import { projectsOf, suites } from './suites.js';

const [name, ...given] = process.argv.slice(2);
if (!Object.hasOwn(suites, name)) {
  console.error(`Which suite is to run? Name one of: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const afterTest = given.includes('--after-test');
const isBuilt = afterTest || given.includes('--built');
const forVitest = given.filter((argument) => argument !== '--built' && argument !== '--after-test');

const { engines } = suites[name];
installMissing(engines);
const lacks = new Map(engines.map((engine) => [engine, missingFor(engine)]));
const missing = engines.filter((engine) => lacks.get(engine).length > 0);
const found = engines.filter((engine) => !missing.includes(engine));
const projects = projectsOf(name, found, { afterTest });

let status = isBuilt ? 0 : build();
// A run of nothing proves nothing.
if (status === 0) status = projects.length > 0 ? runVitest() : 1;
if (missing.length > 0) {
  tellWhatIsLeftOut();
  // A developer's machine may lack a browser; the check that decides what is merged may not.
  if (process.env['CI']) status ||= 1;
}
process.exit(status);

/** npm is a script, which only a shell finds on Windows; npm itself tells where it is. */
function build() {
  const npm = process.env['npm_execpath'];
  if (npm) return run([npm, 'run', 'build']);
  return spawnSync('npm run build', { shell: true, stdio: 'inherit' }).status ?? 1;
}

function runVitest() {
  const { resolve } = createRequire(join(process.cwd(), 'package.json'));
  return run([
    join(resolve('vitest/package.json'), '..', 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/${name}.json`,
    ...forVitest,
  ]);
}

/** @param {readonly string[]} args */
function run(args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

function tellWhatIsLeftOut() {
  const names = { chromium: 'Chrome, Chromium or Edge', firefox: 'Firefox', webkit: 'WebKitGTK' };
  for (const engine of missing) {
    console.error(`\nLeft out: the tests in ${names[engine]}, which this machine does not have.`);
    console.error(howToInstall(lacks.get(engine)));
  }
  if (process.env['CI']) console.error('CI is set, so this run has failed.');
}
