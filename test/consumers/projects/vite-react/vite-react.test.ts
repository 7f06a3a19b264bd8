import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { pasted } from '../pasted.ts';
import { createProject, type Project } from '../project.ts';
import { serveBank } from '../serve-bank.ts';

const snippets = [...pasted('README.md', 'tsx'), ...pasted('docs/react.md', 'tsx')];

describe('a project made with Vite’s React template', { timeout: 600_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
    for (const { name, code } of snippets) project.write(`src/pasted/${name}`, code);
  }, 600_000);

  afterAll(() => {
    project?.remove();
  }, 300_000);

  it('compiles the snippets of README and docs/react.md as they are shown', async () => {
    expect(snippets.map(({ name }) => name)).toContain('readme/use-react-or-angular.tsx');
    expect(await project.run('.', 'tsc', ['-b'])).toBe('');
  });

  it('builds without a warning', async () => {
    const output = await project.run('.', 'vite', ['build'], { NODE_ENV: 'production' });
    expect(output).toContain('built in');
    expect(output).not.toMatch(/warn|use client/i);
  });

  describe.runIf(installedEngines.includes('chromium'))('in Chromium', () => {
    const getEngine = useForSuite(() => launch('chromium'));

    it('B1 Q3 answers the widget once, and shows the user’s banks', async () => {
      const bank = await serveBank(join(project.root, 'dist'));
      onTestFinished(() => bank.close());
      const page = await getEngine().open(bank.url);
      onTestFinished(() => page.close());
      const shown = await page.waitFor(() => document.querySelector('#widget')?.textContent ?? '');
      expect(JSON.parse(shown)).toEqual([[expect.objectContaining({ ok: true, numberOfInsights: 6 }), '1']]);
      await expect.poll(() => bank.sandbox.linxo.queues().length).toBe(1);
      const { id } = bank.sandbox.linxo.addConnection({ name: 'Kaasmolen Bank' });
      bank.sandbox.linxo.synchronise(id, 'success', { speed: 10 });
      await page.waitFor(() => document.querySelector('li')?.innerText === 'Kaasmolen Bank: Up to date');
    });
  });
});
