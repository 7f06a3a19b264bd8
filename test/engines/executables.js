import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { puppeteersChromeFiles, usualChromeFiles } from './chrome-files.js';

/**
 * What each engine needs on this machine. Commands are looked for on the path, before the other files.
 *
 * @type {readonly import('./executables.js').Executable[]}
 */
export const executables = [
  {
    name: 'chromium',
    engine: 'chromium',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'chrome',
      'microsoft-edge-stable',
      'microsoft-edge',
      'msedge',
    ],
    files: () => [...usualChromeFiles({ ...process, home: homedir() }), ...puppeteersChromeFiles()],
    // A browser without a system library does not run, and a placeholder only says how to install one.
    // On Windows the same argument opens a window.
    proof: process.platform === 'win32' ? undefined : ['--version'],
    variable: 'CHROME_PATH',
    debian: 'chromium',
  },
  {
    name: 'firefox',
    engine: 'firefox',
    commands: ['firefox-esr', 'firefox'],
    variable: 'BANKSIDE_FIREFOX',
    debian: 'firefox-esr',
  },
  {
    name: 'WebKitWebDriver',
    engine: 'webkit',
    commands: ['WebKitWebDriver'],
    variable: 'BANKSIDE_WEBKIT_DRIVER',
    debian: 'webkit2gtk-driver',
  },
  { name: 'Xvfb', engine: 'webkit', commands: ['Xvfb'], variable: 'BANKSIDE_XVFB', debian: 'xvfb' },
  {
    name: 'python3',
    engine: 'webkit',
    commands: [],
    // No other Python sees Debian's libraries.
    files: () => ['/usr/bin/python3'],
    proof: ['-c', "import gi; gi.require_version('WebKit2', '4.1')"],
    variable: 'BANKSIDE_PYTHON',
    debian: 'python3-gi gir1.2-webkit2-4.1',
  },
];

/** @type {typeof import('./executables.js').locate} */
export function locate({ commands, files, variable, proof }) {
  const named = process.env[variable];
  const works = (file) => isExecutable(file) && (!proof || succeeds(file, proof));
  if (named) return works(named) ? named : undefined;
  return commands.flatMap(onPath).find(works) ?? files?.().find(works);
}

/** Each is looked up and tried once. @type {Map<string, string>} */
const located = new Map();

/** @type {typeof import('./executables.js').executableOf} */
export function executableOf(name) {
  const wanted = executables.find((executable) => executable.name === name);
  const file = located.get(name) ?? (wanted && locate(wanted));
  if (file) {
    located.set(name, file);
    return file;
  }
  throw new Error(
    `The test needs ${name}, which was not found. ${wanted ? howToInstall([wanted]) : ''}`.trim(),
  );
}

/** @type {typeof import('./executables.js').missingFor} */
export function missingFor(engine) {
  return executables.filter((executable) => executable.engine === engine && !locate(executable));
}

/** @type {typeof import('./executables.js').howToInstall} */
export function howToInstall(missing) {
  const variables = missing.map(({ variable }) => variable);
  const packages = missing.map(({ debian }) => debian).join(' ');
  const wrong = variables
    .filter((variable) => process.env[variable])
    .map((variable) => `${variable} names ${process.env[variable]}, which does not run. `);
  const what = variables.length === 1 ? 'it, or name its file' : 'them, or name their files';
  return `${wrong.join('')}Install ${what} in ${variables.join(', ')} (on Debian: apt-get install --no-install-recommends ${packages}).`;
}

/** @param {string} command */
function onPath(command) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const name = process.platform === 'win32' ? `${command}.exe` : command;
  return folders.map((folder) => join(folder, name));
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

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
function succeeds(file, args) {
  return spawnSync(file, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
}
