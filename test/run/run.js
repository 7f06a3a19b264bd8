// Builds, finds the browsers, and runs a suite: `node test/run/run.js test|engines|all [--built] [--after-test] [files…]`.
// --built       tests dist as it is, without a build
// --after-test  skips what `npm test` has just run
// Other arguments go to Vitest.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { howToInstall, missingFor } from '../engines/executables.js';
import { installMissing } from '../engines/install.js';
import { projectsOf, suites } from './suites.js';

const [name, ...given] = process.argv.slice(2);
if (!Object.hasOwn(suites, name)) {
  console.error(`Name the suite to run: ${Object.keys(suites).join(', ')}`);
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
// A run without tests must not pass.
if (status === 0) status = projects.length > 0 ? runVitest() : 1;
if (missing.length > 0) {
  reportSkipped();
  // A developer's machine may lack a browser. The machine that decides about a merge may not.
  if (process.env['CI']) status ||= 1;
}
process.exit(status);

/** npm is a script that only a shell finds on Windows. npm sets this variable to its path. */
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

function reportSkipped() {
  const names = { chromium: 'Chrome, Chromium or Edge', firefox: 'Firefox', webkit: 'WebKitGTK' };
  for (const engine of missing) {
    console.error(`\nSkipped: the tests in ${names[engine]}, which is not installed.`);
    console.error(howToInstall(lacks.get(engine)));
  }
  if (process.env['CI']) console.error('CI is set, so this run fails.');
}
