import { execFileSync } from 'node:child_process';
import process from 'node:process';

/** Whether a run of the tests has built the site: several projects need it, and one build is enough. */
const built = Symbol.for('bankside: the site is built');

/** Builds the site once in a run. If `BANKSIDE_SITE_BUILT` is set, tests the site as it is. */
export default function buildSite(): void {
  const run = globalThis as { [built]?: true };
  if (run[built] || process.env['BANKSIDE_SITE_BUILT']) return;
  run[built] = true;
  execFileSync(process.execPath, ['site/build.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
