import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * What each engine needs on this machine: commands, of which the first that is found is taken, and the Debian package that
 * brings them. A variable of the environment may name another file instead.
 *
 * @type {readonly import('./executables.js').Executable[]}
 */
export const executables = [
  {
    engine: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    variable: 'BANKSIDE_CHROMIUM',
    debian: 'chromium',
  },
  {
    engine: 'firefox',
    commands: ['firefox-esr', 'firefox'],
    variable: 'BANKSIDE_FIREFOX',
    debian: 'firefox-esr',
  },
  {
    engine: 'webkit',
    commands: ['WebKitWebDriver'],
    variable: 'BANKSIDE_WEBKIT_DRIVER',
    debian: 'webkit2gtk-driver',
  },
  { engine: 'webkit', commands: ['Xvfb'], variable: 'BANKSIDE_XVFB', debian: 'xvfb' },
  {
    engine: 'webkit',
    // No other Python sees Debian's libraries.
    commands: ['/usr/bin/python3'],
    proof: ['-c', "import gi; gi.require_version('WebKit2', '4.1')"],
    variable: 'BANKSIDE_PYTHON',
    debian: 'python3-gi gir1.2-webkit2-4.1',
  },
];

/** @type {typeof import('./executables.js').locate} */
export function locate({ commands, variable, proof }) {
  const named = process.env[variable];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const inFolders = (command) =>
    isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command));
  const file = (named ? [named] : commands.flatMap(inFolders)).find(isExecutable);
  return file && proof && spawnSync(file, proof).status !== 0 ? undefined : file;
}

/** @type {typeof import('./executables.js').executableOf} */
export function executableOf(command) {
  const wanted = executables.find(({ commands }) => commands.includes(command));
  const file = wanted && locate(wanted);
  if (file) return file;
  throw new Error(
    `The test needs ${command}, which was not found. ${wanted ? howToInstall([wanted]) : ''}`.trim(),
  );
}

/** @type {typeof import('./executables.js').missingExecutables} */
export function missingExecutables() {
  return executables.filter((wanted) => !locate(wanted));
}

/** @type {typeof import('./executables.js').howToInstall} */
export function howToInstall(missing) {
  const packages = missing.map(({ debian }) => debian).join(' ');
  const variables = missing.map(({ variable }) => variable).join(', ');
  return `On Debian: apt-get install --no-install-recommends ${packages} (or name the files in ${variables}).`;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
