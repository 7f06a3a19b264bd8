import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { checkPage } from '../check-page.ts';
import { createProject, type Project, shownFile } from '../project.ts';

const run = promisify(execFile);

const files = {
  'The first component that works': ['lib/Insights.svelte'],
  "Load the vendor's script": ['lib/LoadedInsights.svelte'],
  'Show what a store knows': ['lib/snapshot.ts'],
  "A user's bank connections": ['lib/queue.ts', 'lib/Banks.svelte'],
  'Svelte 4': ['lib/readable-of.ts'],
};

describe('docs/svelte.md, in a project made with Vite’s Svelte template', { timeout: 600_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
    for (const [heading, names] of Object.entries(files)) {
      for (const name of names)
        project.write(`src/${name}`, shownFile('docs/svelte.md', heading, `src/${name}`));
    }
  }, 600_000);

  afterAll(() => {
    project?.remove();
  });

  it('compiles', async () => {
    expect(
      await project.run('.', 'svelte-check', ['--tsconfig', './tsconfig.app.json', '--fail-on-warnings']),
    ).toMatch(/0 errors and 0 warnings/);
  });

  it('builds without a warning', async () => {
    expect(await project.run('.', 'vite', ['build'])).not.toMatch(/warn/i);
  });

  it('S2: is rendered on a server, which can end then', async () => {
    await project.run('.', 'vite', ['build', '--ssr', 'src/server.ts', '--outDir', 'server']);
    const { stdout } = await run(process.execPath, [join(project.root, 'server/server.js')]);
    expect(stdout).toContain('<div id="insights"></div>');
  });

  describe.runIf(installedEngines.includes('chromium'))('in Chromium', () => {
    const getEngine = useForSuite(() => launch('chromium'));

    it('S0: answers the widget, shows the banks, and sends nothing after it has unmounted', async () => {
      await checkPage(getEngine(), join(project.root, 'dist'));
    });
  });
});
