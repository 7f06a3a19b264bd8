import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { pasted } from '../pasted.ts';
import { createProject, type Project, shownFile } from '../project.ts';
import { serveBank } from '../serve-bank.ts';

/** Without a report to the framework's makers, and as users build: the tests' own mode is another. */
const environment = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

const inServerComponent = `
  import { useBridge } from 'bankside/react';

  export default function Page() {
    return <p>{useBridge(undefined).pending.length}</p>;
  }`;

describe('a project made with create-next-app', { timeout: 900_000 }, () => {
  let project: Project;
  const build = (): Promise<string> => project.run('.', 'next', ['build'], environment);

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
    project.write('app/insights.tsx', shownFile('docs/react.md', 'Next.js', 'app/insights.tsx'));
    // As components of files without a directive, which others with one import.
    for (const { name, code } of pasted('docs/react.md', 'tsx'))
      project.write(`components/${name}`, code.replace(/^\/\/ app\/.*\n/, ''));
  }, 900_000);

  afterAll(() => {
    project?.remove();
  }, 300_000);

  it('S2 builds and renders the page of docs/react.md, with a transport that is made in a module', async () => {
    const output = await build();
    expect(output).toMatch(/Compiled successfully/);
    expect(output).not.toMatch(/warn|error/i);
    expect(readFileSync(join(project.root, '.next/server/app/index.html'), 'utf8')).toContain('Your money');
  });

  describe.runIf(installedEngines.includes('chromium'))('in Chromium', () => {
    const getEngine = useForSuite(() => launch('chromium'));

    it('B1 answers the widget once', async () => {
      const folder = join(project.root, 'served');
      cpSync(join(project.root, '.next/server/app/index.html'), join(folder, 'index.html'));
      cpSync(join(project.root, '.next/static'), join(folder, '_next/static'), { recursive: true });
      cpSync(join(project.root, 'public'), folder, { recursive: true });
      const bank = await serveBank(folder);
      const page = await getEngine().open(bank.url);
      const shown = await page.waitFor(() => document.querySelector('#insights')?.textContent ?? '');
      expect(JSON.parse(shown)).toEqual([[expect.objectContaining({ ok: true, numberOfInsights: 6 }), '1']]);
      await page.close();
      await bank.close();
    });
  });

  it('says what is wrong with a hook in a server component', async () => {
    project.write('app/server/page.tsx', inServerComponent);
    await expect(build()).rejects.toThrow('Attempted to call useBridge() from the server');
  });
});
