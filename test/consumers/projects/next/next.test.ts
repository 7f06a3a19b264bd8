import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { reportingCreation, reportingRequests } from '../on-server.ts';
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
  const build = (): Promise<string> =>
    project.run('.', 'next', ['build'], { ...environment, ...reportingRequests(project) });

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
    const insights = shownFile('docs/react.md', 'Next.js', 'app/insights.tsx');
    project.write('app/insights.tsx', reportingCreation(insights));
    // As components of files without a directive, which others with one import.
    for (const { name, code } of pasted('docs/react.md', 'tsx'))
      project.write(`components/${name}`, code.replace(/^\/\/ app\/.*\n/, ''));
  }, 900_000);

  afterAll(() => {
    project?.remove();
  }, 300_000);

  it('S2 renders the page of docs/react.md on the server, and creates and requests nothing there', async () => {
    const output = await build();
    expect(output).toMatch(/Compiled successfully/);
    expect(output).toContain('loaded on the server'); // with its transport, which is made in the module
    expect(output).not.toMatch(/(created|requested) on the server/);
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
      onTestFinished(() => bank.close());
      const page = await getEngine().open(bank.url);
      onTestFinished(() => page.close());
      const shown = await page.waitFor(() => document.querySelector('#insights')?.textContent ?? '');
      expect(JSON.parse(shown)).toEqual([[expect.objectContaining({ ok: true, numberOfInsights: 6 }), '1']]);
    });
  });

  it('says what is wrong with a hook in a server component', async () => {
    project.write('app/server/page.tsx', inServerComponent);
    await expect(build()).rejects.toThrow('Attempted to call useBridge() from the server');
  });
});
